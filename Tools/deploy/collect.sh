#!/bin/bash
# Copies a built program, and those libraries it links that no Debian package has: Swift's, if it was not linked with
# them inside. Stripped.
#
#     collect.sh PROGRAM FOLDER LIBRARIES-FOLDER
set -euo pipefail
mkdir -p "$2" "$3"
install "$1" "$2/fovea"
strip --strip-unneeded "$2/fovea"
ldd "$1" | awk '$3 ~ /^\// { print $3 }' | while read -r library; do
    # Known to dpkg by the name it had before /lib was merged into /usr, perhaps; it fails where one name is not known.
    packages=$(dpkg-query --search "$library" "/usr$library" "${library#/usr}" "$(realpath "$library")" 2>/dev/null) || true
    [[ -z $packages ]] || continue
    install --mode 644 "$library" "$3/"
    strip --strip-unneeded "$3/${library##*/}"
done
