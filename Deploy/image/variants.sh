# shellcheck shell=sh
# What each variant of the image is made of; sourced by the scripts beside it.

# Runtimes, as `fovea backends list` names them. All but cpu's own are beside ONNX Runtime for the processor.
runtimes_of() {
    case $1 in
        cpu | armnn | rknn) echo onnxruntime ;;
        cuda) echo onnxruntime cuda13 ;;
        rocm) echo onnxruntime migraphx ;;
        openvino) echo onnxruntime openvino ;;
        vulkan) echo onnxruntime webgpu ;;
        *) echo "there is no variant '$1'" >&2 && return 1 ;;
    esac
}

# Packages of the base system: drivers, and what they are opened by.
drivers_of() {
    case $1 in
        cpu | cuda | rknn) ;;
        rocm) echo migraphx ;;
        openvino) echo intel-opencl-icd ocl-icd-libopencl1 ;;
        armnn) echo libarmnn33t64 libarmnn-gpuacc-backend33 libarmnn-cpuacc-backend33 ;;
        vulkan) echo libvulkan1 mesa-vulkan-drivers ;;
        *) echo "there is no variant '$1'" >&2 && return 1 ;;
    esac
}

# The base system, where Debian's is not enough.
base_of() {
    case $1 in
        rocm) echo docker.io/rocm/dev-ubuntu-24.04:7.2-complete ;;
        # Debian 13 has no compute runtime of Intel's.
        openvino) echo docker.io/library/debian:bookworm-slim ;;
        *) echo docker.io/library/debian:trixie-slim ;;
    esac
}

# install_packages PACKAGE…: from the system's own sources, and nothing of the lists stays.
install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get update --quiet --quiet
    apt-get install --quiet --quiet --yes --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >/dev/null
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin /var/cache/apt/archives/*.deb /var/cache/debconf/*-old \
        /var/log/apt /var/log/dpkg.log
}
