#!/bin/bash
# Installs what `make test-accelerators` runs on beside the processor: runtimes, and devices in software.
#
#     accelerators.sh [--cuda]    --cuda fetches NVIDIA's build of ONNX Runtime too, 255 MB, to be opened without a GPU
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
"$SETUP_DIR/apt.sh" accelerator-packages.txt
"$SETUP_DIR/software-vulkan.sh" || note "tests of WebGPU are skipped"

fovea=$ROOT/.build/release/fovea
[[ -x $fovea ]] || fail "build first: make build"
case $(uname -m) in
    x86_64) "$fovea" backends install webgpu openvino openvino-classic migraphx ;;
    *) "$fovea" backends install webgpu ;;
esac
command -v g++ >/dev/null && make --silent -C "$ROOT/Shims/armnn" BUILD="$CACHE/armnn-test" all models ||
    note "the Arm NN shim cannot be built here: its tests are skipped"

version=$(sed -n 's/^onnxruntime==\([0-9.]*\).*/\1/p' "$SETUP_DIR/onnxruntime.txt")
final=$CACHE/cuda-test-$version
if [[ ${1:-} == --cuda && ! -e $final && $(uname -m) == x86_64 ]]; then
    "$SETUP_DIR/python.sh" pip-only
    say "downloading ONNX Runtime $version for CUDA (255 MB)"
    "$PYTHON" -m pip download --quiet --no-deps --require-hashes --only-binary :all: \
        --python-version 3.11 --implementation cp --abi cp311 --platform manylinux_2_28_x86_64 \
        --dest "$DOWNLOADS" --requirement "$SETUP_DIR/onnxruntime-gpu.txt" ||
        fail "pip could not download ONNX Runtime for CUDA; check the network, then run this again"
    rm -rf "$final.new"
    mkdir -p "$final.new/wheel"
    wheel=$DOWNLOADS/onnxruntime_gpu-$version-cp311-cp311-manylinux_2_28_x86_64.whl
    "$PYTHON" -m zipfile -e "$wheel" "$final.new/wheel"
    mv "$final.new"/wheel/onnxruntime/capi/libonnxruntime*.so* "$final.new"
    rm -rf "$final.new/wheel" "$wheel"
    publish "$final.new" "$final"
fi
