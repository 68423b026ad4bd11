import FoveaCore
import FoveaServer
import Logging
import ServiceLifecycle

/// Runs a real server on a free port of 127.0.0.1 around `body`, which is
/// given the port, and shuts it down gracefully.
func withServer<Result: Sendable>(
    _ service: any PredictionService = FakeService(), settings: [String: String] = [:],
    logHandler: any LogHandler = SwiftLogNoOpLogHandler(),
    _ body: @Sendable (Int) async throws -> Result
) async throws -> Result {
    let settings = try Settings(
        environment: settings.merging(["IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": "0"]) { given, _ in given })
    let (addresses, continuation) = AsyncStream<ListenAddress>.makeStream()
    let server = PredictionServer(
        service: service, settings: settings, logger: Logger(label: "test") { _ in logHandler }
    ) { continuation.yield($0) }
    let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(
            services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
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
            let result = try await body(address.port)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        } catch {
            tasks.cancelAll()
            throw error
        }
    }
}
