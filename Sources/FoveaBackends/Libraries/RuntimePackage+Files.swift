extension RuntimePackage {
    /// The pinned version: of the plug-in, or of the ONNX Runtime in the
    /// package where it brings its own.
    public var version: String {
        switch self {
        case .onnxruntime, .cuda13: "1.31.1"
        case .openvino: "1.8.1"
        case .openvinoClassic: "1.24.1"
        case .webgpu: "0.4.0"
        case .cuda12: "1.22.0"
        case .cuda12Maxwell: "1.20.2"
        case .tensorRTRTX: "0.5.0"
        case .migraphx: "1.27.1"
        case .rocm: "1.22.2.post3"
        }
    }

    /// The name of the package's folder in a library folder, such as
    /// `webgpu-0.4.0`. A new version gets a folder of its own, so that what
    /// runs keeps the files that it has open.
    public var folderName: String { "\(rawValue)-\(version)" }

    /// The file that makes the package what it is: the execution provider's
    /// library, or ONNX Runtime itself. A name within the package's folder.
    public var mainLibrary: String {
        switch self {
        case .onnxruntime: "libonnxruntime.so.1.31.1"
        case .openvino: "libonnxruntime_providers_openvino_plugin.so"
        case .openvinoClassic: "libonnxruntime_providers_openvino.so"
        case .webgpu: "libonnxruntime_providers_webgpu.so"
        case .cuda13, .cuda12, .cuda12Maxwell: "libonnxruntime_providers_cuda.so"
        case .tensorRTRTX: "libonnxruntime_providers_nv_tensorrt_rtx.so"
        case .migraphx: "libonnxruntime_providers_migraphx.so"
        case .rocm: "libonnxruntime_providers_rocm.so"
        }
    }

    /// The ONNX Runtime that the package brings, to be opened instead of
    /// ``onnxruntime``'s; `nil` where the provider plugs into that one. A name
    /// within the package's folder.
    public var baseLibrary: String? {
        switch self {
        case .onnxruntime, .cuda13: "libonnxruntime.so.1.31.1"
        case .openvinoClassic: "libonnxruntime.so.1.24.1"
        case .cuda12: "libonnxruntime.so.1.22.0"
        case .cuda12Maxwell: "libonnxruntime.so.1.20.2"
        case .migraphx: "libonnxruntime.so.1.27.1"
        case .rocm: "libonnxruntime.so.1.22.2"
        case .openvino, .webgpu, .tensorRTRTX: nil
        }
    }

    /// Libraries of the package to open before ``mainLibrary``, in this order
    /// and by absolute path. Names within the package's folder.
    ///
    /// The CUDA providers and TensorRT-RTX's carry no search path of their own.
    /// The dynamic linker takes a library that is already open for one that is
    /// needed if its `SONAME` is that name, so opening them first is enough.
    /// cuBLAS needs cuBLASLt. cuDNN's parts are left to cuDNN: its libraries
    /// look in the folder that they lie in.
    public var dependencies: [String] {
        switch self {
        case .cuda13:
            [
                "libcudart.so.13", "libnvrtc-builtins.so.13.0", "libnvrtc.so.13", "libnvJitLink.so.13",
                "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcufft.so.12", "libcudnn.so.9",
            ]
        case .cuda12, .cuda12Maxwell:
            [
                "libcudart.so.12", "libnvrtc-builtins.so.12.2", "libnvrtc.so.12", "libnvJitLink.so.12",
                "libcublasLt.so.12", "libcublas.so.12", "libcurand.so.10", "libcufft.so.11", "libcudnn.so.9",
            ]
        case .tensorRTRTX:
            ["libcudart.so.13", "libtensorrt_rtx.so.1", "libtensorrt_onnxparser_rtx.so.1"]
        case .onnxruntime, .openvino, .openvinoClassic, .webgpu, .migraphx, .rocm: []
        }
    }

    /// What the package is for, as one line without a full stop.
    public var summary: String {
        switch self {
        case .onnxruntime: "ONNX Runtime, for the CPU and as the base of plug-ins"
        case .openvino: "Intel GPUs, NPUs and CPUs, by OpenVINO"
        case .openvinoClassic: "Intel by an older OpenVINO, where the newer one does not work"
        case .webgpu: "any GPU with a Vulkan driver, by WebGPU"
        case .cuda13: "NVIDIA from Turing (GTX 16, RTX 20) to Blackwell, on drivers from 580 on"
        case .cuda12: "NVIDIA from Pascal (GTX 10) to Hopper, on drivers from 535 on"
        case .cuda12Maxwell: "NVIDIA from Maxwell (GTX 900) on, on drivers from 535 on"
        case .tensorRTRTX: "NVIDIA from Ampere (RTX 30) on, by TensorRT for RTX"
        case .migraphx: "AMD, by MIGraphX; ROCm has to be installed"
        case .rocm: "AMD, by the older ROCm provider; ROCm has to be installed"
        }
    }

    /// Whose terms apply to what is installed, as one line. The texts are
    /// installed in the package's `licences` folder, as far as the wheels
    /// carry them.
    public var licence: String {
        switch self {
        case .onnxruntime, .webgpu, .migraphx, .rocm: "MIT"
        case .openvino, .openvinoClassic: "MIT; OpenVINO and oneTBB: Apache 2.0"
        case .cuda13, .cuda12, .cuda12Maxwell:
            "MIT; CUDA and cuDNN: NVIDIA's terms (docs.nvidia.com/cuda/eula)"
        case .tensorRTRTX:
            "Apache 2.0; TensorRT for RTX: NVIDIA's terms (docs.nvidia.com/deeplearning/tensorrt-rtx)"
        }
    }
}
