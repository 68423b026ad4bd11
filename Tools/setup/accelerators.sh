#!/bin/bash
# Installs what `make test-accelerators` runs on beside the processor: runtimes, and devices in software.
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
