public import FoveaBackends

/// One of the builds of ONNX Runtime's CUDA provider that can be installed,
/// and which cards it has code for.
public struct CUDARuntime: Sendable, Hashable {
    /// The package that brings it.
    public var package: RuntimePackage
    /// The oldest driver branch that runs it.
    public var oldestDriver: Int
    /// What it has machine code for.
    public var machineCode: [ComputeCapability]
    /// What it has intermediate code (PTX) for, which a driver compiles for
    /// any newer card; `nil` where it has none.
    public var intermediateCode: ComputeCapability?
    /// The newest card that its CUDA libraries know.
    public var newest: ComputeCapability

    /// Newest first, which is the order of preference.
    ///
    /// The code was counted in `libonnxruntime_providers_cuda.so` of the wheels
    /// onnxruntime-gpu 1.31.1, 1.22.0 and 1.20.2. The drivers follow from their
    /// CUDA versions: 13.0 wants branch 580, 12.2 wants 535. The CUDA 12.2
    /// libraries know nothing newer than Hopper: on Blackwell they fail
    /// whatever the intermediate code (immich-app/immich#28583).
    public static let all: [CUDARuntime] = [
        CUDARuntime(
            package: .cuda13, oldestDriver: 580, machineCode: codes("7.5 8.0 8.6 8.9 9.0 12.0"),
            intermediateCode: nil, newest: ComputeCapability(12, 1)),
        CUDARuntime(
            package: .cuda12, oldestDriver: 535, machineCode: codes("6.0 7.0 7.5 8.0 8.6 9.0"),
            intermediateCode: ComputeCapability(9, 0), newest: ComputeCapability(9, 0)),
        CUDARuntime(
            package: .cuda12Maxwell, oldestDriver: 535, machineCode: codes("5.2 6.0 6.1 7.0 7.5 8.0"),
            intermediateCode: ComputeCapability(5, 2), newest: ComputeCapability(9, 0)),
    ]

    /// Whether a card of this capability runs its code.
    ///
    /// Machine code runs on cards of the same major number and the same or a
    /// higher minor one ("Binary Compatibility" in NVIDIA's CUDA C++
    /// Programming Guide), intermediate code on all newer ones.
    public func serves(_ capability: ComputeCapability) -> Bool {
        guard capability <= newest else { return false }
        let runsMachineCode = machineCode.contains {
            $0.major == capability.major && $0.minor <= capability.minor
        }
        return runsMachineCode || intermediateCode.map { $0 <= capability } ?? false
    }

    private static func codes(_ text: String) -> [ComputeCapability] {
        text.split(separator: " ").compactMap { ComputeCapability(String($0)) }
    }
}
