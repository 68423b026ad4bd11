import FoveaCore
import FoveaServer
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
    @Test func whatRunsIsFinished() async throws {
        let (started, startedContinuation) = AsyncStream<Void>.makeStream()
        let (release, releaseContinuation) = AsyncStream<Void>.makeStream()
        let service = FakeService { request in
            startedContinuation.yield()
            for await _ in release { break }
            return try await FakeService.echo(request)
        }
        let (addresses, listening) = AsyncStream<ListenAddress>.makeStream()
        let settings = try Settings(environment: ["IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": "0"])
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = PredictionServer(service: service, settings: settings, logger: logger) {
            listening.yield($0)
        }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server], logger: logger))

        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = addresses.makeAsyncIterator()
            let port = try #require(await iterator.next()).port
            let reply = try await RawConnection.open(port: port) { busy in
                try await busy.send(Requests.predict(Requests.text("abc"), keepAlive: true))
                for await _ in started { break }
                try await RawConnection.open(port: port) { idle in
                    // Until it is accepted, the connection is not the server's.
                    try await idle.send(Requests.get("/ping", headers: ""))
                    _ = try await idle.receive(until: "pong")
                    await group.triggerGracefulShutdown()
                    // The server closes connections on which nothing happens.
                    let rest = try await idle.receiveAll()
                    #expect(rest.isEmpty)
                }
                await #expect(throws: (any Error).self) {
                    try await RawConnection.exchange(port: port, Requests.get("/ping"))
                }
                releaseContinuation.yield()
                return Reply(try await busy.receiveAll())
            }
            #expect(reply.status == 200)
            #expect(reply.header("connection") == "close")
            try await tasks.waitForAll()
        }
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        try await withServer { port in
            let settings = try Settings(environment: ["IMMICH_HOST": "127.0.0.1", "IMMICH_PORT": "\(port)"])
            let server = PredictionServer(
                service: FakeService(), settings: settings,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let error = await #expect(throws: FoveaError.self) { try await server.run() }
            #expect(error?.code == .invalidSetting)
            #expect(error?.message.contains("127.0.0.1:\(port)") == true)
        }
    }

    @Test func aHostThatDoesNotExistIsNamed() async throws {
        let settings = try Settings(environment: ["IMMICH_HOST": "no.such.host.invalid", "IMMICH_PORT": "0"])
        let server = PredictionServer(
            service: FakeService(), settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let error = await #expect(throws: FoveaError.self) { try await server.run() }
        #expect(error?.message.contains("no.such.host.invalid") == true)
    }

    @Test func everyAddressIncludesIPv4() async throws {
        try await withServer(settings: ["IMMICH_HOST": "[::]"]) { port in
            let reply = Reply(try await RawConnection.exchange(port: port, Requests.get("/ping")))
            #expect(reply.body == "pong")
        }
    }
}
