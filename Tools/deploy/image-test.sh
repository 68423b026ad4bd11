#!/bin/bash
# Builds images on a base made here, runs them, and checks what is promised of them. Needs root, Debian 12, and three
# minutes for each; leaves only the base behind, in the cache.
#
#     image-test.sh [VARIANT ...]     cpu and openvino by default; others where their drivers are Debian's
#
# BINARY names the program to put in: the release build by default.
# shellcheck source-path=SCRIPTDIR/../setup source=../setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"

here=$ROOT/Tools/deploy
((EUID == 0)) || fail "this mounts file systems and makes users: run it as root"
export BINARY=${BINARY:-$ROOT/.build/release/fovea}
[[ -x $BINARY ]] || fail "there is no program $BINARY; build it first: make build"
"$SETUP_DIR/apt.sh" image-packages.txt
"$SETUP_DIR/demo-models.sh"
(($#)) || set -- cpu openvino
failed=()

# Storage of its own, so that nothing of the user's is touched and all of it can go.
work=$(mktemp --directory /var/tmp/fovea-image-test.XXXXXX)
BUILDER="buildah --root $work/storage --runroot $work/run"
clean() {
    $BUILDER umount --all >/dev/null 2>&1 || true
    $BUILDER rm --all >/dev/null 2>&1 || true
    umount --recursive "$work/storage/overlay" 2>/dev/null || true
    rm -rf --one-file-system "$work"
}
trap clean EXIT
export BUILDER

# base RELEASE: the name of an image of it.
base() {
    local name=localhost/debian:$1 container tar
    if ! $BUILDER inspect --type image "$name" >/dev/null 2>&1; then
        tar=$("$here/base.sh" "$1") || return 1
        container=$($BUILDER from scratch)
        $BUILDER add --quiet "$container" "$tar" / >/dev/null
        $BUILDER commit --quiet "$container" "$name" >/dev/null 2>&1
        $BUILDER rm "$container" >/dev/null
    fi
    echo "$name"
}

BUILD_IMAGE=$(base bookworm)
export BUILD_IMAGE
# What this machine trusts is trusted while building, for those behind a proxy that reads along; it stays out of images.
certificates=/etc/ssl/certs/ca-certificates.crt
export BUILD_OPTIONS="--isolation chroot --volume $certificates:/usr/local/share/ca-certificates/host.crt:ro"

for variant; do
    # shellcheck source=../../Deploy/image/variants.sh
    release=$(source "$ROOT/Deploy/image/variants.sh" && base_of "$variant" | sed -n 's/.*debian:\(.*\)-slim/\1/p')
    [[ -n $release ]] || fail "$variant stands on $(base_of "$variant"), which cannot be made here"
    # cpu stands on nothing, so any base will do to leave out.
    [[ $variant != cpu ]] || release=bookworm
    BASE=$(base "$release")
    export BASE TAG=localhost/fovea:test-$variant
    log=$work/$variant.log
    "$here/image.sh" "$variant" >"$log" 2>&1 || { tail -40 "$log" && fail "the image $variant could not be built"; }
    container=$($BUILDER from "$TAG")
    $BUILDER inspect --type image "$TAG" >"$work/$variant.json"
    say "checking $variant"
    /usr/bin/python3 -B "$here/image_test.py" --variant "$variant" --config "$work/$variant.json" \
        --root "$($BUILDER mount "$container")" || failed+=("$variant")
    $BUILDER rm "$container" >/dev/null
done
((${#failed[@]} == 0)) || fail "these images are not as promised: ${failed[*]}"
