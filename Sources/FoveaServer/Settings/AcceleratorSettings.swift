public import FoveaCore

/// How accelerators are used, by the names that Immich has for it.
public struct AcceleratorSettings: Sendable, Equatable {
    /// Whether Arm NN and RKNN are used where their hardware is.
    public var usesArmNN = true
    public var usesRKNN = true
    /// Whether Arm NN computes in fp16 where it can.
    public var armNNFP16Turbo = false
    /// How hard Arm NN looks for the fastest kernels: 0 uses what was found
    /// before, 1 looks quickly, 3 exhaustively.
    public var armNNTuningLevel = 2
    /// Copies of a model that RKNN runs beside each other.
    public var rknnThreads = 1
    public var openVINOPrecision = Precision.fp32
    public var rocmPrecision = Precision.fp32

    public init() {}

    /// What numbers a device computes in where no rule says.
    public func precision(of device: Device) -> Precision {
        switch device.kind {
        case .openvino: openVINOPrecision
        case .migraphx, .rocm: rocmPrecision
        case .armnn: armNNFP16Turbo ? .fp16 : .fp32
        case .rknn, .tensorRTRTX, .cuda, .webgpu, .tensorrt, .cpu: .fp32
        }
    }
}

extension AcceleratorSettings {
    init(_ reader: inout SettingsReader) throws {
        usesArmNN = try reader.boolean("MACHINE_LEARNING_ANN", true, "Whether Arm NN is used on Mali GPUs")
        armNNFP16Turbo = try reader.boolean(
            "MACHINE_LEARNING_ANN_FP16_TURBO", false, "Whether Arm NN computes in fp16")
        armNNTuningLevel = try reader.integer(
            "MACHINE_LEARNING_ANN_TUNING_LEVEL", 2,
            "How hard Arm NN looks for fast kernels: 1 to 3; 0 uses what was found before", in: 0...3)
        usesRKNN = try reader.boolean(
            "MACHINE_LEARNING_RKNN", true, "Whether RKNN is used on Rockchip NPUs")
        rknnThreads = try reader.integer(
            "MACHINE_LEARNING_RKNN_THREADS", 1, "Copies of a model that RKNN runs beside each other",
            in: 1...16)
        openVINOPrecision = try Self.precision(&reader, "MACHINE_LEARNING_OPENVINO_PRECISION", "OpenVINO")
        rocmPrecision = try Self.precision(&reader, "MACHINE_LEARNING_ROCM_PRECISION", "AMD GPUs")
    }

    private static func precision(_ reader: inout SettingsReader, _ name: String, _ whose: String) throws
        -> Precision
    {
        try reader.optional(
            name, "What numbers models on \(whose) are computed in", allowed: "FP32 or FP16", shown: "FP32"
        ) { ["FP32": .fp32, "FP16": .fp16][$0.uppercased()] } ?? .fp32
    }
}
