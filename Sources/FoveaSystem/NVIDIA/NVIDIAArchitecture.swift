/// NVIDIA's generations of GPUs.
public enum NVIDIAArchitecture: String, Sendable, Hashable, Codable, CaseIterable {
    case fermi = "Fermi"
    case kepler = "Kepler"
    case maxwell = "Maxwell"
    case pascal = "Pascal"
    case volta = "Volta"
    case turing = "Turing"
    case ampere = "Ampere"
    case ada = "Ada"
    case hopper = "Hopper"
    case blackwell = "Blackwell"

    /// The last driver branch that drives it; `nil` while drivers still do.
    ///
    /// From NVIDIA's "CUDA Toolkit, Driver, and Architecture Matrix",
    /// https://docs.nvidia.com/datacenter/tesla/drivers/cuda-toolkit-driver-and-architecture-matrix.html
    public var lastDriverBranch: Int? {
        switch self {
        case .fermi: 390
        case .kepler: 470
        case .maxwell, .pascal, .volta: 580
        case .turing, .ampere, .ada, .hopper, .blackwell: nil
        }
    }

    /// The architecture of a compute capability, from the same table and
    /// https://developer.nvidia.com/cuda-gpus; `nil` for one that is not in it.
    public init?(_ capability: ComputeCapability) {
        switch (capability.major, capability.minor) {
        case (2, _): self = .fermi
        case (3, _): self = .kepler
        case (5, _): self = .maxwell
        case (6, _): self = .pascal
        case (7, 0...2): self = .volta
        case (7, 5): self = .turing
        case (8, 9): self = .ada
        case (8, _): self = .ampere
        case (9, _): self = .hopper
        case (10...12, _): self = .blackwell
        default: return nil
        }
    }
}
