import CONNXRuntime
import Synchronization

/// Something that ONNX Runtime wants known.
public struct ONNXRuntimeLogMessage: Sendable, Hashable {
    public enum Severity: Int, Sendable, Hashable, CaseIterable {
        case verbose, info, warning, error, fatal
    }

    public let severity: Severity
    /// Where in ONNX Runtime's source the message comes from.
    public let location: String
    public let text: String
}

/// Routes ONNX Runtime's log, of which there is one a process.
enum EngineLog {
    private static let handler = Mutex<(@Sendable (ONNXRuntimeLogMessage) -> Void)?>(nil)

    static func setHandler(_ new: @escaping @Sendable (ONNXRuntimeLogMessage) -> Void) {
        handler.withLock { $0 = new }
    }

    static let receive: OrtLoggingFunction = { _, severity, _, _, location, message in
        guard let handle = handler.withLock({ $0 }) else { return }
        handle(
            ONNXRuntimeLogMessage(
                severity: .init(rawValue: Int(severity)) ?? .fatal,
                location: location.map { String(cString: $0) } ?? "",
                text: message.map { String(cString: $0) } ?? ""))
    }
}
