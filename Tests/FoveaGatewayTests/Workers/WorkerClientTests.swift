import AsyncHTTPClient
import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

/// A client and a real server, with a service of the test's between them.
@Suite(.timeLimit(.minutes(1))) struct WorkerClientTests {
    private struct Service: PredictionService {
        let answer: @Sendable (PredictionCall) async throws -> PredictionReply

        func predict(_ call: PredictionCall) async throws -> PredictionReply { try await answer(call) }
    }

    private func withClient<Result: Sendable>(
        _ body: @Sendable (_ client: WorkerClient, _ path: String) async throws -> Result
    ) async throws -> Result {
        let folder = try WorkerFolder(environment: ["TMPDIR": "/tmp"])
        defer { folder.remove() }
        let path = folder.socket(slot: 0, generation: 1)
        let http = WorkerClient.makeHTTPClient()
        do {
            let result = try await body(WorkerClient(http: http, socketPath: path), path)
            try await http.shutdown()
            return result
        } catch {
            try await http.shutdown()
            throw error
        }
    }

    private func withWorker<Result: Sendable>(
        _ answer: @escaping @Sendable (PredictionCall) async throws -> PredictionReply,
        _ body: @escaping @Sendable (WorkerClient) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let settings = try Settings(environment: ["HOME": "/nowhere"])
        return try await withClient { client, path in
            let listening = AsyncStream<Void>.makeStream()
            let server = PredictionServer(
                service: Service(answer: answer), settings: settings, on: .unixSocket(path: path),
                logger: logger
            ) { _ in listening.continuation.yield() }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(services: [server], logger: logger))
            return try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    defer { listening.continuation.finish() }
                    try await group.run()
                }
                for await _ in listening.stream { break }
                let result = try await body(client)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return result
            }
        }
    }

    @Test func callsArriveAsTheyAre() async throws {
        let report = PredictionReport(
            durations: [.run: .milliseconds(5)],
            runs: [.init(model: ModelID(.clip, .visual, name: "é\"m"), placement: .cpu, batch: 2, count: 3)])
        let answer: @Sendable (PredictionCall) async throws -> PredictionReply = { call in
            guard case .image(let bytes) = call.request.payload else { return FakeLauncher.reply("a text") }
            return FakeLauncher.reply(
                "\(call.priority) \(bytes.count) \(call.request.steps.map(\.model))", report: report)
        }
        try await withWorker(answer) { client in
            var call = PredictionCall.image([UInt8](repeating: 7, count: 3_000_000))
            call.priority = .bulk
            let reply = try await client.predict(call)
            #expect(String(decoding: reply.json, as: UTF8.self) == "bulk 3000000 [clip/m/visual]")
            #expect(reply.report == report)
            #expect(try await client.predict(.text("a")).json == Array("a text".utf8))
        }
    }

    @Test func manyAtOnceAreAllAnswered() async throws {
        let answer: @Sendable (PredictionCall) async throws -> PredictionReply = { call in
            guard case .text(let text) = call.request.payload else { return FakeLauncher.reply("") }
            return FakeLauncher.reply(text)
        }
        try await withWorker(answer) { client in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await client.predict(.text("\(number)")).json == Array("\(number)".utf8)
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func errorsAreHandedOnAsTheyAre() async throws {
        struct Unforeseen: Error {}
        let answer: @Sendable (PredictionCall) async throws -> PredictionReply = { call in
            switch call.request.payload {
            case .text("problem"): throw HTTPProblem.unprocessable("Not \"so\".")
            case .text("error"): throw FoveaError(.modelNotFound, "No 'm'.")
            default: throw Unforeseen()
            }
        }
        try await withWorker(answer) { client in
            let cases: [(String, Int, HTTPProblem.Body)] = [
                ("problem", 422, .json(#"{"detail":"Not \"so\"."}"#)),
                ("error", 404, .json(#"{"detail":"No 'm'."}"#)),
                ("else", 500, .plain("Internal Server Error")),
            ]
            for (text, status, body) in cases {
                let error = await #expect(throws: HTTPProblem.self) { try await client.predict(.text(text)) }
                #expect(error?.status.code == status)
                #expect(error?.body == body)
            }
        }
    }

    @Test func whoGoesAwayStopsTheWork() async throws {
        let events = AsyncStream<String>.makeStream()
        let answer: @Sendable (PredictionCall) async throws -> PredictionReply = { _ in
            events.continuation.yield("began")
            defer { events.continuation.yield("ended") }
            try await waitForCancellation()
        }
        try await withWorker(answer) { client in
            let call = Task { try await client.predict(.text("a")) }
            #expect(await events.stream.first { _ in true } == "began")
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            #expect(await events.stream.first { _ in true } == "ended")
        }
    }

    @Test func nobodyThereIsALoss() async throws {
        _ = try await withClient { client, _ in
            await #expect(throws: WorkerLost.self) { try await client.predict(.text("a")) }
        }
    }

    @Test func aConnectionThatBreaksIsALoss() async throws {
        _ = try await withClient { client, path in
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { $0.close() }
                .bind(unixDomainSocketPath: path).get()
            await #expect(throws: WorkerLost.self) { try await client.predict(.text("a")) }
            try await server.close()
        }
    }

    @Test func anAnswerThatIsCutShortIsALoss() async throws {
        _ = try await withClient { client, path in
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .childChannelInitializer { $0.pipeline.addHandler(CutsShort()) }
                .bind(unixDomainSocketPath: path).get()
            await #expect(throws: WorkerLost.self) { try await client.predict(.text("a")) }
            try await server.close()
        }
    }
}

/// Answers with less than it announces, and hangs up.
private final class CutsShort: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let start = ByteBuffer(string: "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"clip\":")
        context.channel.writeAndFlush(start, promise: nil)
        context.close(promise: nil)
    }
}
