#!/bin/bash
# Packs what proves CUDA on a machine with an NVIDIA GPU and no network: parts of at most 60 MiB in .build/device.
#
#     bundle.sh             the program, the libraries it links, ONNX Runtime with CUDA, demo models, sample photos,
#                           and models of real cost without their random weights, which that machine makes with numpy
#
# CUDA's and cuDNN's own libraries are too large to bring: the machine has to have them, as a PyTorch for CUDA 13 does.
# Copy the parts there, one by one if need be, and run Tools/device/prove.sh in their folder.
# shellcheck source-path=SCRIPTDIR/../setup source=../setup/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../setup/common.sh"

DEVICE_DIR=$ROOT/Tools/device
out=$ROOT/.build/device
fovea=$ROOT/.build/release/fovea
[[ -x $fovea ]] || fail "build first: make build"
"$SETUP_DIR/accelerators.sh" --cuda
cuda=$(echo "$CACHE"/cuda-test-*)
[[ -d $cuda ]] || fail "there is no ONNX Runtime for CUDA in $CACHE"

say "gathering"
rm -rf "$out"
root=$out/root
mkdir -p "$root/bin" "$root/lib" "$root/lib/cuda13-${cuda##*-}"
cp "$fovea" "$root/bin/fovea"
strip "$root/bin/fovea" 2>/dev/null || note "the program is not stripped"
# All but the C library, which has to be the machine's own.
ldd "$fovea" | awk '$3 ~ /^\// { print $3 }' |
    grep --extended-regexp --invert-match '/(libc|libm|libdl|libpthread|librt|ld-linux[^/]*)\.so' |
    xargs -I {} cp --dereference {} "$root/lib/"
cp "$cuda"/libonnxruntime.so.* "$cuda"/libonnxruntime_providers_{cuda,shared}.so "$root/lib/cuda13-${cuda##*-}/"
cp -r "$CACHE/demo-models" "$root/models"
rm -rf "$root"/models/fovea "$root"/models/*/*/*/openvino
if [[ -x $SETUP_DIR/bench-models.sh ]]; then
    "$SETUP_DIR/bench-models.sh"
    "$PYTHON" "$DEVICE_DIR/hollow.py" "$CACHE/bench-models" "$root/models" \
        clip/random-ViT-B-32 facial-recognition/random-buffalo
else
    note "without models of real cost: there is no bench-models.sh"
fi
cp -r "$ROOT/Samples" "$root/samples"
cp "$DEVICE_DIR/prove.sh" "$DEVICE_DIR/load.py" "$DEVICE_DIR/fill.py" "$root/"

say "packing, which takes some minutes"
tar --create --directory "$root" . | xz -6 --threads=0 | split --bytes=60M --numeric-suffixes - "$out/part-"
cp "$DEVICE_DIR/prove.sh" "$out/"
rm -rf "$root"
(cd "$out" && sha256sum part-* >SHA256SUMS && ls -l)
