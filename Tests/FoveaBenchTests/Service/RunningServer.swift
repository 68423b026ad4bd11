import FoveaCore
import FoveaServer
import Logging
import ServiceLifecycle
import Synchronization

/// Answers what it is told to.
final class FakeService: PredictionService {
    let isAvailable = true
    private let answering: @Sendable (PredictionRequest) async throws -> PredictionReply

    init(_ answering: @escaping @Sendable (PredictionRequest) async throws -> PredictionReply) {
        self.answering = answering
    }

    func predict(_ call: PredictionCall) async throws -> PredictionReply { try await answering(call.request) }
    func refused(status: Int) async {}
    func page(_ path: String) async -> ServicePage? { nil }
}

/// Runs a real server on a free port of 127.0.0.1 around `body`, which is
/// given its URL.
func withServer<Result: Sendable>(
    _ service: FakeService, _ body: @Sendable (String) async throws -> Result
) async throws -> Result {
    let settings = try Settings(environment: ["IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": "0"])
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let (addresses, continuation) = AsyncStream<ListenAddress>.makeStream()
    let server = PredictionServer(service: service, settings: settings, logger: logger) {
        continuation.yield($0)
    }
    let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer { continuation.finish() }
            try await group.run()
        }
        var iterator = addresses.makeAsyncIterator()
        guard let address = await iterator.next() else {
            try await tasks.waitForAll()
            throw FoveaError(.engineUnavailable, "The server ended before it listened.")
        }
        do {
            let result = try await body("http://127.0.0.1:\(address.port)")
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        } catch {
            tasks.cancelAll()
            throw error
        }
    }
}
