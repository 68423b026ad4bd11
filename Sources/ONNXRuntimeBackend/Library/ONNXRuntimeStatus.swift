import CONNXRuntime
import FoveaCore
import Foundation

/// The failure that ONNX Runtime itself reported, the cause of a `FoveaError`.
public struct ONNXRuntimeStatus: Error, Sendable, Hashable {
    /// ONNX Runtime's number for the kind of failure.
    public let code: Int
    /// ONNX Runtime's own words.
    public let message: String

    package init(code: Int, message: String) {
        self.code = code
        self.message = message
    }
}

extension ONNXRuntimeStatus: CustomStringConvertible {
    public var description: String { "ONNX Runtime status \(code), \(name)" }

    /// ONNX Runtime's name for the code (`OrtErrorCode`).
    public var name: String {
        Self.names.indices.contains(code) ? Self.names[code] : "unknown"
    }

    private static let names = [
        "OK", "FAIL", "INVALID_ARGUMENT", "NO_SUCHFILE", "NO_MODEL", "ENGINE_ERROR", "RUNTIME_EXCEPTION",
        "INVALID_PROTOBUF", "MODEL_LOADED", "NOT_IMPLEMENTED", "INVALID_GRAPH", "EP_FAIL",
        "MODEL_LOAD_CANCELED", "MODEL_REQUIRES_COMPILATION", "NOT_FOUND",
    ]
}

extension ONNXRuntimeLibrary {
    /// Takes a status over; `nil` where it says success.
    func take(_ status: OpaquePointer?) -> ONNXRuntimeStatus? {
        guard let status else { return nil }
        defer { api.pointee.ReleaseStatus(status) }
        return ONNXRuntimeStatus(
            code: Int(api.pointee.GetErrorCode(status)),
            message: api.pointee.GetErrorMessage(status).map { Self.readable(String(cString: $0)) }
                ?? "no reason given")
    }

    /// What ONNX Runtime says, without the place in its source and the number
    /// that it repeats before: `… [ONNXRuntimeError] : 1 : FAIL : reason`.
    package static func readable(_ message: String) -> String {
        let mark = "[ONNXRuntimeError] : "
        let reason = message.range(of: mark).map { range in
            message[range.upperBound...].split(separator: " : ", maxSplits: 2).last ?? ""
        }
        let text = (reason ?? message[...]).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? message : text
    }

    /// Throws if a call failed.
    ///
    /// - Parameters:
    ///   - action: what was tried, to go after "could not".
    ///   - code: what kind of failure it would be.
    func check(
        _ action: @autoclosure () -> String, code: FoveaError.Code = .engineFailed, _ status: OpaquePointer?
    ) throws {
        guard let failure = take(status) else { return }
        throw FoveaError(
            code, "ONNX Runtime could not \(action()): \(failure.message)", cause: failure)
    }

    /// Releases the status of a call whose failure changes nothing.
    func discard(_ status: OpaquePointer?) {
        _ = take(status)
    }
}
