import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import HTTPTypes
import Testing

/// What becomes of requests when workers die.
@Suite(.timeLimit(.minutes(1))) struct SupervisionTests {
    @Test func aRequestWhoseWorkerDiedIsRunAgain() async throws {
        let launcher = FakeLauncher { call, worker in
            guard worker.number > 1 else { try worker.breakOff() }
            return try await FakeLauncher.echo(call, worker)
        }
        let log = RecordedLog()
        let gateway = Gateway.with(launcher: launcher, logHandler: log.handler)
        #expect(try await gateway.ask("a") == "a")
        #expect(launcher.starts == 2)
        #expect(
            log.lines == [
                "info: Starting worker 0 (cpu)", "info: Worker 0 (cpu) is ready",
                "error: Worker 0 (cpu) ended: it was ended by signal 11; what it was at is run again: 1",
                "info: Starting worker 0 (cpu)", "info: Worker 0 (cpu) is ready",
                "warning: Running request 1 again, alone, on worker 0 (cpu)",
            ])
    }

    @Test func aRequestThatKillsTwoWorkersIsToldSo() async throws {
        let launcher = FakeLauncher { call, worker in
            if case .text("poison") = call.request.payload { try worker.breakOff() }
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(launcher: launcher)
        let problem = await problem { try await gateway.ask("poison") }
        #expect(problem?.status == .internalServerError)
        #expect(
            problem?.body
                == .detail(
                    """
                    Answering this request ended its worker twice, though it ran alone: it was ended by signal \
                    11. It is not tried again; the service goes on.
                    """))
        #expect(launcher.starts == 2)
        #expect(gateway.isAvailable)
        // The next worker may start after half a second, when the clock has come so far.
        async let answer = gateway.ask("harmless")
        while launcher.starts < 3, !Task.isCancelled {
            await gateway.tick()
            await Task.yield()
        }
        #expect(try await answer == "harmless")
    }

    @Test func aLateLossDoesNotSpeakAgainstTheNextWorker() async throws {
        let second = AsyncStream<Void>.makeStream()
        let release = AsyncStream<Void>.makeStream()
        let launcher = FakeLauncher { call, worker in
            if worker.number == 1 {
                worker.die()
                // The connection's end is noticed when the next worker has the request already.
                for await _ in second.stream { break }
                try worker.breakOff()
            }
            second.continuation.yield()
            for await _ in release.stream { break }
            return try await FakeLauncher.echo(call, worker)
        }
        // A worker that is known to have lost a request is killed at the next tick.
        let gateway = Gateway.with(
            launcher: launcher, rules: SlotRules(capacity: 2, lossGrace: .zero))
        async let answer = gateway.ask("a")
        _ = await launcher.worker()
        let worker = await launcher.worker()
        for _ in 0..<200 {
            await gateway.tick()
            await Task.yield()
        }
        release.continuation.yield()
        #expect(try await answer == "a")
        #expect(worker?.told == [])
        #expect(launcher.starts == 2)
    }

    @Test func anAnswerThatWasOnItsWayIsTaken() async throws {
        let second = AsyncStream<String>.makeStream()
        let launcher = FakeLauncher { call, worker in
            if worker.number == 1 {
                worker.die()
                #expect(await second.stream.first { _ in true } == "began")
                return FakeLauncher.reply("first")
            }
            guard case .text("a") = call.request.payload else { return FakeLauncher.reply("next") }
            second.continuation.yield("began")
            defer { second.continuation.yield("ended") }
            try await waitForCancellation()
        }
        let gateway = Gateway.with(launcher: launcher)
        #expect(try await gateway.ask("a") == "first")
        #expect(await second.stream.first { _ in true } == "ended", "Running it again is for nothing")
        #expect(try await gateway.ask("b") == "next")
    }

    @Test func aCallThatHangsIsEnded() async throws {
        let launcher = FakeLauncher { call, worker in
            guard worker.number == 1 else { return try await FakeLauncher.echo(call, worker) }
            worker.say(.heartbeat(oldestCall: .init(what: "run clip/m/textual", seconds: 299)))
            worker.say(.heartbeat(oldestCall: .init(what: "run clip/m/textual", seconds: 300)))
            try await waitForCancellation()
        }
        let log = RecordedLog()
        let gateway = Gateway.with(launcher: launcher, logHandler: log.handler)
        async let answer = gateway.ask("a")
        let worker = await launcher.worker()
        #expect(try await answer == "a")
        #expect(worker?.told == ["kill"])
        let reason = "it was stuck: run clip/m/textual ran for 300 s"
        #expect(log.lines.contains("error: Killing worker 0 (cpu): \(reason)"))
        #expect(
            log.lines.contains(
                "error: Worker 0 (cpu) ended: \(reason); what it was at is run again: 1"),
            "The reason is why it was killed, not that it was")
        #expect(try await gateway.reportedHealth().slots.map(\.lastError) == [reason])
    }

    @Test func aSlotThatCannotStartFails() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = Gateway.with(
            launcher: launcher, rules: SlotRules(capacity: 2, crashLoopLength: 1))
        async let first = problem { try await gateway.ask("a") }
        let worker = await launcher.worker()
        worker?.say(.unusable(reason: "There is no engine."))
        worker?.die(Death(.exited, "it exited with status 1"))
        let problem = await first
        #expect(problem?.status == .serviceUnavailable)
        let detail = "No worker can serve, as GET /health says: it cannot start: There is no engine."
        #expect(problem?.body == .detail(detail))
        #expect(!gateway.isAvailable)
        #expect(await FoveaGatewayTests.problem { try await gateway.ask("b") }?.body == .detail(detail))
        #expect(launcher.starts == 1)
    }

    @Test func anotherSlotTakesOver() async throws {
        let launcher = FakeLauncher { call, worker in
            if worker.slot == 0 { try worker.breakOff() }
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(
            slots: 2, launcher: launcher, rules: SlotRules(capacity: 2, crashLoopLength: 1))
        for text in ["a", "b", "c"] { #expect(try await gateway.ask(text) == text) }
        #expect(launcher.starts == 2)
        #expect(gateway.isAvailable)
        #expect(try await gateway.reportedHealth().slots.map(\.state) == [.failed, .running])
    }

    @Test func aWorkerThatTakesTooMuchMemoryIsReplaced() async throws {
        let launcher = FakeLauncher()
        let log = RecordedLog()
        let gateway = Gateway.with(
            launcher: launcher, limits: Limits(workerBytes: 3 << 20),
            memory: FakeMemory { $0 == 1001 ? 4 << 20 : 3 << 20 }, logHandler: log.handler)
        #expect(try await gateway.ask("a") == "a")
        let worker = await launcher.worker()
        for _ in 1...3 { await gateway.tick() }
        #expect(worker?.told == ["stop"])
        #expect(try await gateway.ask("b") == "b")
        #expect(launcher.starts == 2)
        await gateway.tick()
        #expect(try await gateway.ask("c") == "c")
        #expect(launcher.starts == 2)
        #expect(
            log.lines.filter { $0.hasPrefix("warning") } == [
                """
                warning: Worker 0 takes 4 MiB of memory, more than 3 MiB (FOVEA_WORKER_MEMORY): it is replaced \
                once it has answered what it has
                """
            ])
    }

    @Test func aWorkerThatNobodyNeedsEnds() async throws {
        let launcher = FakeLauncher()
        let gateway = Gateway.with(
            launcher: launcher, rules: SlotRules(capacity: 2, idleTime: .zero))
        #expect(try await gateway.ask("a") == "a")
        await gateway.tick()
        #expect(await launcher.worker()?.told == ["stop"])
        #expect(try await gateway.ask("b") == "b")
        #expect(launcher.starts == 2)
    }

    @Test func aWorkerWithModelsStays() async throws {
        let launcher = FakeLauncher { call, worker in
            worker.say(.model(.loading(ModelID(.clip, .textual, name: "m"))))
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(
            launcher: launcher, rules: SlotRules(capacity: 2, idleTime: .zero))
        #expect(try await gateway.ask("a") == "a")
        let worker = await launcher.worker()
        try await until { try await gateway.reportedHealth().slots[0].models.map(\.state) == [.loading] }
        await gateway.tick()
        #expect(worker?.told == [])
        worker?.say(.model(.unloaded(ModelID(.clip, .textual, name: "m"), reason: .idle)))
        try await until { try await gateway.reportedHealth().slots[0].models.isEmpty }
        await gateway.tick()
        #expect(worker?.told == ["stop"])
    }
}

/// The end of the gateway.
@Suite(.timeLimit(.minutes(1))) struct GatewayShutdownTests {
    @Test func everybodyIsToldAndEveryWorkerEnds() async throws {
        let launcher = FakeLauncher { _, _ in try await waitForCancellation() }
        let gateway = Gateway.with(
            slots: 2, launcher: launcher, rules: SlotRules(capacity: 1, interactiveReserve: 0))
        let life = Task { await gateway.run(preload: [ModelID(.clip, .textual, name: "m")]) }
        let workers = [await launcher.worker(), await launcher.worker()]
        try await withThrowingTaskGroup(of: HTTPProblem?.self) { group in
            for number in 0..<5 {
                group.addTask { await problem { try await gateway.ask("\(number)") } }
            }
            try await until {
                let queue = try await gateway.reportedHealth().queue
                return queue.running == 2 && queue.depth == 3
            }
            life.cancel()
            for try await problem in group {
                #expect(problem?.status == .serviceUnavailable)
                #expect(problem?.body == .detail("The service is ending."))
            }
        }
        await life.value
        #expect(workers.allSatisfy { $0?.told == ["stop"] })
        #expect(launcher.starts == 2, "None is started for what they left")
        #expect(!gateway.isAvailable)
        #expect(await problem { try await gateway.ask("late") }?.status == .serviceUnavailable)
    }

    @Test func aWorkerThatStartsIsNotForgotten() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = Gateway.with(launcher: launcher)
        let life = Task { await gateway.run(preload: [ModelID(.clip, .textual, name: "m")]) }
        let worker = await launcher.worker()
        life.cancel()
        await life.value
        #expect(worker?.told == ["stop"])
    }

    @Test func workersStartBeforeTheyAreNeededWhereTheyHaveModelsToLoad() async throws {
        let launcher = FakeLauncher()
        let gateway = Gateway.with(slots: 2, launcher: launcher)
        let life = Task { await gateway.run(preload: [ModelID(.clip, .textual, name: "m")]) }
        let slots = [await launcher.worker()?.slot, await launcher.worker()?.slot]
        #expect(Set(slots) == [0, 1])
        life.cancel()
        await life.value
    }
}
