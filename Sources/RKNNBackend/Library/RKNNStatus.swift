import CRKNN

/// The failure that Rockchip's runtime itself reported, the cause of a
/// `FoveaError`.
public struct RKNNStatus: Error, Sendable, Hashable {
    /// The function that failed: `rknn_run`.
    public let call: String
    /// The runtime's number for the kind of failure.
    public let code: Int

    /// The runtime's name for the code. From the "RKNN C API Reference Manual"
    /// (2.3.0), chapter 5.
    public var name: String {
        switch code {
        case RKNN_FAILED: "RKNN_ERR_FAIL"
        case RKNN_TIMED_OUT: "RKNN_ERR_TIMEOUT"
        case RKNN_NO_DEVICE: "RKNN_ERR_DEVICE_UNAVAILABLE"
        case RKNN_NO_MEMORY: "RKNN_ERR_MALLOC_FAIL"
        case RKNN_BAD_PARAMETER: "RKNN_ERR_PARAM_INVALID"
        case RKNN_BAD_MODEL: "RKNN_ERR_MODEL_INVALID"
        case RKNN_BAD_CONTEXT: "RKNN_ERR_CTX_INVALID"
        case RKNN_BAD_INPUT: "RKNN_ERR_INPUT_INVALID"
        case RKNN_BAD_OUTPUT: "RKNN_ERR_OUTPUT_INVALID"
        case RKNN_VERSIONS_DIFFER: "RKNN_ERR_DEVICE_UNMATCH"
        case RKNN_BAD_PRECOMPILED_MODEL: "RKNN_ERR_INCOMPATILE_PRE_COMPILE_MODEL"
        case RKNN_BAD_OPTIMIZATION_LEVEL: "RKNN_ERR_INCOMPATILE_OPTIMIZATION_LEVEL_VERSION"
        case RKNN_OTHER_PLATFORM: "RKNN_ERR_TARGET_PLATFORM_UNMATCH"
        default: "an unknown error"
        }
    }
}

extension RKNNStatus: CustomStringConvertible {
    public var description: String { "\(call) returned \(name) (\(code))" }
}
