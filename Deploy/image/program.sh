#!/bin/bash
# In the build stage: puts the program at /program/fovea, with Swift's libraries beside it where it links them.
#
#     program.sh            builds it from /source
#     program.sh BINARY     takes it from there: a file, or a folder with it and the libraries
set -euo pipefail
# shellcheck source=variants.sh
. "$(dirname "$0")/variants.sh"

# What the program links, and what the other scripts here use.
libraries=(
    ca-certificates libavif15 libgif7 libheif1 libjpeg62-turbo libopenjp2-7 libpng16-16 libtiff6 libwebp7
    libwebpdemux2 zlib1g
)
tools=(binutils patchelf python3 tini tzdata)
headers=(
    libavif-dev libgif-dev libheif-dev libjpeg62-turbo-dev libopenjp2-7-dev libpng-dev libtiff-dev libwebp-dev
    zlib1g-dev
)

# Certificates that a builder mounted in /usr/local/share/ca-certificates are trusted here, and are not in the image.
trust() { update-ca-certificates >/dev/null 2>&1; }

mkdir -p /program
if [[ -n ${1:-} ]]; then
    install_packages "${libraries[@]}" "${tools[@]}"
    trust
    if [[ -d $1 ]]; then cp -R "$1/." /program/; else install "$1" /program/fovea; fi
else
    command -v swift >/dev/null || { echo "BUILD_IMAGE has no Swift: name one that has, or a BINARY" >&2 && exit 1; }
    install_packages "${libraries[@]}" "${tools[@]}" "${headers[@]}"
    trust
    swift build --configuration release --static-swift-stdlib --product fovea
    install "$(swift build --configuration release --static-swift-stdlib --show-bin-path)/fovea" /program/fovea
    rm -rf .build
fi
strip --strip-unneeded /program/fovea
/program/fovea --version
