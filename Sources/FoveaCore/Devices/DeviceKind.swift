/// How a device is driven: the part of its name before the colon.
///
/// The order is the order of preference where nobody has chosen.
public enum DeviceKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Arm Mali, by Arm NN.
    case armnn
    /// Rockchip's NPU, by RKNN.
    case rknn
    /// NVIDIA, by ONNX Runtime's TensorRT-RTX provider: Ampere and newer.
    case tensorRTRTX = "tensorrt-rtx"
    /// NVIDIA, by ONNX Runtime's CUDA provider.
    case cuda
    /// AMD, by ONNX Runtime's MIGraphX provider.
    case migraphx
    /// Intel's GPUs, NPUs and CPUs, by OpenVINO.
    case openvino
    /// Any GPU with a Vulkan driver, by ONNX Runtime's WebGPU provider.
    case webgpu
    /// NVIDIA, by ONNX Runtime's TensorRT provider. Only where it is asked
    /// for: it compiles each model for minutes.
    case tensorrt
    /// AMD, by ONNX Runtime's ROCm provider, of which 1.22 was the last. Only
    /// where it is asked for.
    case rocm
    /// The host's cores.
    case cpu
}

extension DeviceKind {
    /// Whether there may be several, told apart by an id.
    public var hasIDs: Bool {
        switch self {
        case .armnn, .rknn, .cpu: false
        case .tensorRTRTX, .cuda, .migraphx, .openvino, .webgpu, .tensorrt, .rocm: true
        }
    }

    /// The id of the first one.
    var firstID: String { self == .openvino ? "GPU.0" : "0" }

    /// OpenVINO has names of its own for what it drives, such as `CPU`,
    /// `GPU.1` and `NPU`; the others count from 0.
    func accepts(_ id: String) -> Bool {
        guard !id.isEmpty, id.utf8.count <= 32 else { return false }
        guard self == .openvino else { return id.utf8.allSatisfy { (48...57).contains($0) } }
        return id.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || $0 == UInt8(ascii: ".")
        }
    }

    /// Whether it takes long to open a model for the first time, because it is
    /// compiled for the device and for each shape of its inputs.
    public var compiles: Bool {
        switch self {
        case .cpu, .cuda, .rocm, .webgpu: false
        case .armnn, .rknn, .tensorRTRTX, .migraphx, .openvino, .tensorrt: true
        }
    }
}
