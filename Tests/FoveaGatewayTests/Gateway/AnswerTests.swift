import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct AnswerTests {
    @Test func theFirstRequestStartsAWorker() async throws {
        let launcher = FakeLauncher()
        let gateway = Gateway.with(launcher: launcher)
        #expect(launcher.starts == 0)
        #expect(try await gateway.ask("a dog") == "a dog")
        #expect(try await gateway.ask("a cat") == "a cat")
        #expect(launcher.starts == 1)
        #expect(gateway.isAvailable)
    }

    @Test func manyAreAnsweredByAll() async throws {
        let launcher = FakeLauncher()
        let gateway = Gateway.with(slots: 3, launcher: launcher)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { try await gateway.ask("text \(number)") == "text \(number)" }
            }
            for try await isRight in group { #expect(isRight) }
        }
        #expect((1...3).contains(launcher.starts))
        let health = try await gateway.reportedHealth()
        #expect(health.queue.depth == 0)
        #expect(health.queue.running == 0)
    }

    @Test func theWaitIsPartOfTheReport() async throws {
        let launcher = FakeLauncher { _, _ in
            FakeLauncher.reply(
                "{}", report: PredictionReport(durations: [.queue: .seconds(10), .run: .seconds(1)]))
        }
        let reply = try await Gateway.with(launcher: launcher).predict(.text("a"))
        #expect(reply.report.durations[.run] == .seconds(1))
        // The worker's own, and what passed here.
        #expect(reply.report.durations[.queue].map { $0 > .seconds(10) } == true)
    }

    @Test func aWorkersErrorIsAnAnswer() async throws {
        let launcher = FakeLauncher { _, _ in
            throw HTTPProblem(.notFound, .json(#"{"detail":"No 'm'."}"#))
        }
        let gateway = Gateway.with(launcher: launcher)
        for _ in 1...10 {
            let problem = await problem { try await gateway.ask("a") }
            #expect(problem?.status == .notFound)
            #expect(problem?.body == .json(#"{"detail":"No 'm'."}"#))
        }
        #expect(launcher.starts == 1)
    }

    @Test func whatIsWaitedForGoesFirst() async throws {
        let order = AsyncStream<RequestPriority>.makeStream()
        let launcher = FakeLauncher(startsReady: false) { call, worker in
            order.continuation.yield(call.priority)
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(
            launcher: launcher, rules: SlotRules(capacity: 1, interactiveReserve: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, priority) in [RequestPriority.bulk, .standard, .interactive].enumerated() {
                group.addTask { _ = try await gateway.ask("a", priority: priority) }
                try await until { try await gateway.reportedHealth().queue.depth == index + 1 }
            }
            let health = try await gateway.reportedHealth()
            #expect(health.queue.depthByPriority == [.bulk: 1, .standard: 1, .interactive: 1])
            await launcher.worker()?.say(.ready(engine: "fake engine"))
            try await group.waitForAll()
        }
        order.continuation.finish()
        #expect(await order.stream.reduce(into: []) { $0.append($1) } == [.interactive, .standard, .bulk])
    }
}

/// Callers that do not wait.
@Suite(.timeLimit(.minutes(1))) struct HangUpTests {
    @Test func whoGoesAwayIsOutOfTheQueue() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = Gateway.with(launcher: launcher)
        let call = Task { try await gateway.ask("a") }
        try await until { try await gateway.reportedHealth().queue.depth == 1 }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        try await until { try await gateway.reportedHealth().queue.depth == 0 }
        await launcher.worker()?.say(.ready(engine: "fake engine"))
        #expect(try await gateway.ask("b") == "b")
    }

    @Test func whoGoesAwayStopsTheWorkersWork() async throws {
        let events = AsyncStream<String>.makeStream()
        let launcher = FakeLauncher { call, worker in
            guard case .text("long") = call.request.payload else {
                return try await FakeLauncher.echo(call, worker)
            }
            events.continuation.yield("began")
            defer { events.continuation.yield("ended") }
            try await waitForCancellation()
        }
        let gateway = Gateway.with(
            launcher: launcher, rules: SlotRules(capacity: 1, interactiveReserve: 0))
        let call = Task { try await gateway.ask("long") }
        #expect(await events.stream.first { _ in true } == "began")
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(await events.stream.first { _ in true } == "ended")
        #expect(try await gateway.ask("b") == "b", "There is room again")
        #expect(launcher.starts == 1)
    }

    @Test func whoHasGoneBeforeIsNotTakenIn() async throws {
        let launcher = FakeLauncher()
        let gateway = Gateway.with(launcher: launcher)
        let call = Task {
            for await _ in AsyncStream<Never>.makeStream().stream {}  // Ends by cancellation.
            return try await gateway.ask("a")
        }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(launcher.starts == 0)
    }

    @Test func patienceEndsInTheQueue() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = Gateway.with(launcher: launcher)
        let problem = await problem { try await gateway.ask("a", timeout: .milliseconds(1)) }
        #expect(problem?.status == .gatewayTimeout)
        try await until { try await gateway.reportedHealth().queue.depth == 0 }
    }

    @Test func patienceEndsAtWork() async throws {
        let ended = AsyncStream<Void>.makeStream()
        let launcher = FakeLauncher { _, _ in
            defer { ended.continuation.yield() }
            try await waitForCancellation()
        }
        let gateway = Gateway.with(launcher: launcher)
        let problem = await problem { try await gateway.ask("a", timeout: .milliseconds(1)) }
        #expect(problem?.status == .gatewayTimeout)
        #expect(
            problem?.body
                == .detail("The request's X-Request-Timeout passed before it was answered."))
    }

    @Test func anAnswerInTimeIsAnAnswer() async throws {
        let gateway = Gateway.with(launcher: FakeLauncher())
        #expect(try await gateway.ask("a", timeout: .seconds(3600)) == "a")
    }
}
