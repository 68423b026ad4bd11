import FoveaCore
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Synchronization
import Testing

@Suite struct LogTests {
    @Test func warningsGoWhereTheyAreWanted() async throws {
        // In a process of its own, as there is one log a process.
        await #expect(processExitsWith: .success) {
            let messages = Mutex<[ONNXRuntimeLogMessage]>([])
            // A weight that nothing uses is worth a warning to ONNX Runtime.
            let model = ONNXModel(
                inputs: [.init("x", .float32, [1])], outputs: [.init("y", .float32, [1])],
                nodes: [.identity("x", to: "y")],
                initializers: ["leftover": Tensor(shape: [1], [1 as Float])])
            _ = try await Engine.session(
                model, .init(log: { message in messages.withLock { $0.append(message) } }))
            #expect(
                messages.withLock { $0.contains { $0.severity == .warning && $0.text.contains("leftover") } })
        }
    }
}
