#!/bin/bash
# Installs OpenVINO where it speeds a processor up: Intel's. On others its plug-in lists no device. 52 MB.
#
# Each model is tried on it when it is first used, and stays on ONNX Runtime where that is as fast.
# shellcheck source-path=SCRIPTDIR source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[[ $(uname -m) == x86_64 ]] && grep -q GenuineIntel /proc/cpuinfo || exit 0
"$ROOT/.build/release/fovea" backends install openvino ||
    note "OpenVINO could not be installed: models run on ONNX Runtime. Again: fovea backends install openvino"
