import CRKNN

/// Which cores of the NPU a model runs on.
public enum CoreMask: String, Sendable, Hashable, CaseIterable {
    /// The runtime's choice: one core that is idle.
    case automatic
    case core0, core1, core2
    /// One run on two cores.
    case cores0And1 = "cores0and1"
    /// One run on three cores.
    case cores0To2 = "cores0to2"

    /// The cores that are named, counted from 0; empty where the runtime
    /// chooses.
    var cores: [Int] {
        switch self {
        case .automatic: []
        case .core0: [0]
        case .core1: [1]
        case .core2: [2]
        case .cores0And1: [0, 1]
        case .cores0To2: [0, 1, 2]
        }
    }

    /// The runtime's number.
    var bits: Int32 {
        let each = [RKNN_CORE_0, RKNN_CORE_1, RKNN_CORE_2]
        return Int32(cores.reduce(RKNN_CORE_AUTO) { $0 | each[$1] })
    }
}
