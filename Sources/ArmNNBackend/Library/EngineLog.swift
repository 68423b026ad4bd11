import CArmNN
import Synchronization

/// Routes Arm NN's log, of which there is one a process.
enum EngineLog {
    private static let handler = Mutex<(@Sendable (ArmNNLogMessage) -> Void)?>(nil)

    /// Sends the library's messages to `new`; `nil` leaves as it is whoever
    /// receives them. Without either they are dropped: Arm NN would write them
    /// to standard output, which belongs to the command.
    static func begin(_ library: ArmNNLibrary, _ new: (@Sendable (ArmNNLogMessage) -> Void)?) {
        if let new { handler.withLock { $0 = new } }
        library.api.pointee.set_log(receive)
    }

    private static let receive: fovea_armnn_log = { severity, text in
        guard let text, let handle = handler.withLock({ $0 }) else { return }
        handle(
            ArmNNLogMessage(
                severity: .init(rawValue: Int(severity)) ?? .error, text: String(cString: text)))
    }
}
