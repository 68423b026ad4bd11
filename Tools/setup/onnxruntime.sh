#!/bin/bash
# Puts ONNX Runtime's shared library into the cache: onnxruntime-VERSION/libonnxruntime.so.VERSION.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

version=$(sed -n 's/^onnxruntime==\([0-9.]*\).*/\1/p' "$SETUP_DIR/onnxruntime.txt")
final=$CACHE/onnxruntime-$version
[[ -e $final/libonnxruntime.so.$version ]] && exit 0
lock
[[ -e $final/libonnxruntime.so.$version ]] && exit 0

machine=$(uname -m)
case $machine in
    x86_64 | aarch64) ;;
    *) fail "there is no pinned ONNX Runtime for $machine, only for x86_64 and aarch64" ;;
esac
"$SETUP_DIR/python.sh" pip-only

say "downloading ONNX Runtime $version (24 MB)"
# The tags are forced, so that the same file comes whatever Python asks for it.
"$PYTHON" -m pip download --quiet --no-deps --require-hashes --only-binary :all: \
    --python-version 3.11 --implementation cp --abi cp311 --platform "manylinux_2_28_$machine" \
    --dest "$DOWNLOADS" --requirement "$SETUP_DIR/onnxruntime.txt" ||
    fail "pip could not download ONNX Runtime $version; check the network, then run this again"

new=$final.new
rm -rf "$new"
mkdir -p "$new/wheel"
"$PYTHON" -m zipfile -e "$DOWNLOADS/onnxruntime-$version-cp311-cp311-manylinux_2_28_$machine.whl" "$new/wheel"
mv "$new"/wheel/onnxruntime/capi/libonnxruntime*.so* "$new"/wheel/onnxruntime/{LICENSE,ThirdPartyNotices.txt} "$new"
rm -rf "$new/wheel"
publish "$new" "$final"
