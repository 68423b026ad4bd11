#!/bin/bash
# Builds an image with docker, podman or buildah, whichever works here.
#
#     image.sh VARIANT
#
# In the environment: BINARY, a built program to put in instead of building it in the image; TAG, BUILD_IMAGE, BASE and
# RUNTIMES as Deploy/Dockerfile has them; BUILDER, docker, podman or buildah with options; BUILD_OPTIONS, more of them.
# shellcheck source-path=SCRIPTDIR/../setup source=../setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"
# shellcheck source=../../Deploy/image/variants.sh
source "$ROOT/Deploy/image/variants.sh"

variant=${1:?say which variant: cpu, cuda, rocm, openvino, armnn, rknn or vulkan}
runtimes_of "$variant" >/dev/null || exit 2
version=$(sed -n 's/.*static let current = "\(.*\)".*/\1/p' "$ROOT"/Sources/FoveaCore/Version.swift)
[[ -n $version ]] || fail "the version is not where it is looked for, in Sources/FoveaCore/Version.swift"
suffix=$([[ $variant == cpu ]] || echo "-$variant")
tag=${TAG:-localhost/fovea:$version$suffix}

if [[ -z ${BUILDER:-} ]]; then
    for BUILDER in docker podman buildah; do
        # A client without its service is none.
        "$BUILDER" info >/dev/null 2>&1 && break
        BUILDER=
    done
    [[ -n $BUILDER ]] || fail "there is no docker, podman or buildah that works here; try: apt-get install buildah"
fi
read -ra builder <<<"$BUILDER"
read -ra options <<<"${BUILD_OPTIONS:-}"

# A program comes with Swift's libraries where it links them; Debian's are the image's own business.
program=$ROOT/.build/image/program
rm -rf "$program"
mkdir -p "$program"
if [[ -n ${BINARY:-} ]]; then
    [[ -x $BINARY ]] || fail "there is no program $BINARY; build it first: make build"
    "$ROOT/Tools/deploy/collect.sh" "$BINARY" "$program" "$program"
    options+=(--build-arg BINARY=.build/image/program)
    # Nothing is compiled, so no Swift is needed.
    BUILD_IMAGE=${BUILD_IMAGE:-docker.io/library/debian:bookworm-slim}
fi
[[ -z ${BUILD_IMAGE:-} ]] || options+=(--build-arg "BUILD_IMAGE=$BUILD_IMAGE")
[[ -z ${RUNTIMES:-} ]] || options+=(--build-arg "RUNTIMES=$RUNTIMES")
case ${builder[0]##*/} in
    # Finds Dockerfile.dockerignore by itself.
    docker) ;;
    # Health checks are not in the OCI's own format.
    *) options+=(--format docker --ignorefile "$ROOT/Deploy/Dockerfile.dockerignore") ;;
esac

say "building $tag with ${builder[0]##*/}"
revision=$(git -C "$ROOT" rev-parse HEAD 2>/dev/null || true)
"${builder[@]}" build "${options[@]}" --build-arg "VARIANT=$variant" --build-arg "BASE=${BASE:-$(base_of "$variant")}" \
    --build-arg "VERSION=$version" --build-arg "REVISION=$revision" \
    --file "$ROOT/Deploy/Dockerfile" --tag "$tag" "$ROOT"
rm -rf "$program"
say "built $tag"
