import FoveaCore
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Synchronization
import Testing

@Suite struct ProviderProbeTests {
    @Test func theGraphIsWhatItsCommentSays() {
        let model = ONNXModel(
            inputs: [.init("x", .float32, [1, 2])], outputs: [.init("y", .float32, [1, 2])],
            nodes: [.init("MatMul", ["x", "W"], ["z"]), .init("Relu", ["z"], ["y"])],
            initializers: ["W": Tensor(shape: [2, 2], [Float(1), 2, -0.5, 2])])
        #expect(ProviderProbe.graph == model.encoded())
    }

    @Test func theProcessorWorks() throws {
        #expect(try Engine.backend().usableProviders == ["CPUExecutionProvider"])
    }

    @Test func whatWorksIsLoggedWithEachModel() async throws {
        let log = Log()
        let backend = try Engine.backend(.init(log: { log.add($0) }))
        let line = "Available ORT providers: ['CPUExecutionProvider']"
        try await withTemporaryFolder { folder in
            let file = folder.appending(path: "model.onnx")
            try Data(ProviderProbe.graph).write(to: file)
            #expect(log.count(of: line) == 0, "Starting tries nothing yet")
            _ = try await backend.open(file)
            _ = try await backend.open(file)
        }
        #expect(log.count(of: line) == 2)
    }

    private final class Log: Sendable {
        private let messages = Mutex<[ONNXRuntimeLogMessage]>([])
        func add(_ message: ONNXRuntimeLogMessage) { messages.withLock { $0.append(message) } }
        func count(of text: String) -> Int {
            messages.withLock { $0.count { $0.severity == .info && $0.text == text } }
        }
    }
}
