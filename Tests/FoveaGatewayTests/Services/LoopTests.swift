import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import HTTPTypes
import Logging
import ServiceLifecycle
import Synchronization
import Testing

/// Foveas that name each other.
@Suite(.timeLimit(.minutes(1))) struct LoopTests {
    /// A service that is there before what answers for it.
    private final class Front: PredictionService {
        private let gateway = Mutex<Gateway?>(nil)

        func stand(before gateway: Gateway) { self.gateway.withLock { $0 = gateway } }

        func predict(_ call: PredictionCall) async throws -> PredictionReply {
            guard let gateway = gateway.withLock({ $0 }) else { throw HTTPProblem.unavailable("Not yet.") }
            return try await gateway.predict(call)
        }
    }

    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Runs a server for each front, and tells their addresses.
    private func withServers(
        _ fronts: [Front], _ body: @escaping @Sendable ([String]) async throws -> Void
    ) async throws {
        let settings = try Settings(environment: [
            "IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": "0", "HOME": "/nowhere",
        ])
        let servers = fronts.map { front in
            let ports = AsyncStream<Int>.makeStream()
            let server = PredictionServer(service: front, settings: settings, logger: logger) {
                ports.continuation.yield($0.port)
            }
            return (server, ports.stream)
        }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: servers.map(\.0), logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var addresses: [String] = []
            for (_, ports) in servers {
                for await port in ports {
                    addresses.append("http://127.0.0.1:\(port)")
                    break
                }
            }
            try await body(addresses)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Asks the first of two gateways, each of which names the other one.
    private func ask(workers: [[String]]) async throws -> Result<PredictionReply, HTTPProblem> {
        let fronts = [Front(), Front()]
        let outcome = Mutex<Result<PredictionReply, HTTPProblem>?>(nil)
        try await withServers(fronts) { [logger] addresses in
            let settings = try Settings(environment: ["HOME": "/nowhere"])
            var lives: [Task<Void, Never>] = []
            var gateways: [Gateway] = []
            for (index, front) in fronts.enumerated() {
                let launcher = SlotLauncher(
                    workers: FakeLauncher { _, _ in FakeLauncher.reply(#"{"clip":"\#(index)"}"#) },
                    services: try ServiceLauncher(settings.services, logger: logger))
                let gateway = try Gateway.at([addresses[1 - index]] + workers[index], launcher: launcher)
                front.stand(before: gateway)
                gateways.append(gateway)
                lives.append(
                    Task {
                        await gateway.run(preload: [])
                        await launcher.shutDown()
                    })
            }
            for gateway in gateways {
                try await until { try await gateway.reportedHealth().slots[0].state == .running }
            }
            do {
                let reply = try await gateways[0].predict(.text("a"))
                outcome.withLock { $0 = .success(reply) }
            } catch {
                outcome.withLock { $0 = .failure(HTTPProblem(error)) }
            }
            for life in lives {
                life.cancel()
                await life.value
            }
        }
        return outcome.withLock { $0 } ?? .failure(.unavailable("Nobody was asked."))
    }

    @Test func whatComesOverIsRunThere() async throws {
        let reply = try await ask(workers: [["cpu"], ["cpu"]]).get()
        #expect(String(decoding: reply.json, as: UTF8.self) == #"{"clip":"1"}"#)
        #expect(reply.report.service != nil)
    }

    @Test func whatWouldComeBackIsRunHere() async throws {
        let reply = try await ask(workers: [["cpu"], []]).get()
        #expect(String(decoding: reply.json, as: UTF8.self) == #"{"clip":"0"}"#)
        #expect(reply.report.service == nil)
    }

    @Test func whatNeitherCanRunEndsAndSaysWhy() async throws {
        let result = try await ask(workers: [[], []])
        guard case .failure(let problem) = result else {
            Issue.record("It was answered")
            return
        }
        #expect(problem.status.code == 508)
        #expect(problem.body.text.contains("name a device of this machine"))
    }
}
