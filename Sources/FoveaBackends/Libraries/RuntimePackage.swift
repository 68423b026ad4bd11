/// A vendor's runtime that Fovea opens at run time and that `fovea backends
/// install` can fetch: pinned files out of pinned wheels.
public enum RuntimePackage: String, Sendable, Hashable, CaseIterable, Codable {
    /// ONNX Runtime itself, for the CPU and for providers that plug in.
    case onnxruntime
    /// Intel: the OpenVINO provider as a plug-in.
    case openvino
    /// Intel: ONNX Runtime with the OpenVINO provider built in, for hosts on
    /// which the plug-in does not work.
    case openvinoClassic = "openvino-classic"
    /// Any Vulkan GPU: the WebGPU provider as a plug-in.
    case webgpu
    /// NVIDIA Turing to Blackwell on drivers from 580 on: CUDA 13.
    case cuda13
    /// NVIDIA Pascal to Hopper on drivers from 535 on: CUDA 12.
    case cuda12
    /// NVIDIA from compute capability 5.2, such as a GTX 980, on drivers from
    /// 535 on: CUDA 12, ONNX Runtime 1.20.
    case cuda12Maxwell = "cuda12-maxwell"
    /// NVIDIA Ampere and newer: the TensorRT-RTX provider as a plug-in.
    case tensorRTRTX = "tensorrt-rtx"
    /// AMD: ONNX Runtime with the MIGraphX provider; ROCm itself is the host's.
    case migraphx
    /// AMD: ONNX Runtime with the older ROCm provider.
    case rocm
}
