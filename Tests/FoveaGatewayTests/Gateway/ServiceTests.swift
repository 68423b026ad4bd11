import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import HTTPTypes
import Logging
import Synchronization
import Testing

/// A gateway with slots that are other services, which a test plays.
@Suite(.timeLimit(.minutes(1))) struct ServiceTests {
    private static let silence = Death(.unreachable, "http://big:3003 does not answer (it is silent)")
    private let big = "http://big:3003/secret"

    /// Answers with the number of the slot.
    private static let slotNumber: FakeLauncher.Answering = { _, worker in
        FakeLauncher.reply("\(worker.slot)")
    }

    /// Slots of these numbers decline what they are given.
    private func declining(
        _ slots: Int..., status: Int = 500, text: String = "it broke"
    ) -> FakeLauncher {
        FakeLauncher { call, worker in
            guard slots.contains(worker.slot) else { return FakeLauncher.reply("\(worker.slot)") }
            let answer = HTTPProblem(HTTPResponse.Status(code: status), .plain(text))
            throw ServiceDeclined(answer: answer, reason: "it answers with \(status)")
        }
    }

    private func supply(_ provider: FakeProvider) -> ModelSupply {
        ModelSupply(provider: provider, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test func theFirstPlaceHasTheWork() async throws {
        let launcher = FakeLauncher(Self.slotNumber)
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher)
        for _ in 1...3 { #expect(try await gateway.ask("a") == "0") }
        #expect(launcher.starts == 1, "No worker is started for what a service does")
    }

    @Test func whatItDeclinesIsRunHere() async throws {
        let log = RecordedLog()
        let gateway = try Gateway.at([big, "cpu"], launcher: declining(0), logHandler: log.handler)
        for _ in 1...3 { #expect(try await gateway.ask("a") == "1") }
        let page = try #require(await gateway.page("/metrics"))
        let lines = String(decoding: page.body, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains(#"fovea_retries_total{slot="0",reason="passed_on"} 3"#))
        #expect(lines.contains(#"fovea_requests_total{task="clip",status="200"} 3"#))
        #expect(!lines.contains { $0.hasPrefix("fovea_request_failures_total{") && !$0.hasSuffix(" 0") })
        #expect(!log.lines.contains { $0.contains("alone") })
    }

    @Test(arguments: [429, 500, 503, 508])
    func whereNobodyElseIsLeftItsLastAnswerIsTheAnswer(status: Int) async throws {
        let other = "http://other"
        for places in [[big], [big, other]] {
            let gateway = try Gateway.at(places, launcher: declining(0, 1, status: status))
            let problem = await problem { try await gateway.ask("a") }
            #expect(problem?.status.code == status)
            #expect(problem?.body == .plain("it broke"))
        }
    }

    @Test func whatItHadWhenItWentAwayIsRunHere() async throws {
        let launcher = FakeLauncher { call, worker in
            guard worker.slot == 0 else { return FakeLauncher.reply("1") }
            worker.die(Self.silence)
            try await waitForCancellation()
        }
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher)
        #expect(try await gateway.ask("a") == "1")
        #expect(try await gateway.ask("b") == "1", "It is away: nobody waits for it")
        let health = try await gateway.reportedHealth()
        #expect(health.status == .degraded)
        #expect(health.slots.map(\.state) == [.restarting, .running])
        #expect(health.slots[0].device == "http://big:3003")
        #expect(health.slots[0].lastError == "http://big:3003 does not answer (it is silent)")
        #expect(gateway.isAvailable)
    }

    @Test func aRouterAloneSaysWhoDoesNotAnswer() async throws {
        let launcher = FakeLauncher(startsReady: false)
        let gateway = try Gateway.at([big], launcher: launcher)
        let call = Task { await problem { try await gateway.ask("a") } }
        await launcher.worker()?.die(Self.silence)
        for problem in [await call.value, await problem { try await gateway.ask("b") }] {
            #expect(problem?.status == .serviceUnavailable)
            #expect(problem?.body.text.contains("http://big:3003 does not answer (it is silent)") == true)
            #expect(problem?.body.text.contains("fovea.yaml") == true)
        }
        #expect(!gateway.isAvailable)
        #expect(try await gateway.reportedHealth().status == .unavailable)
    }

    @Test func itsErrorsAboutTheRequestAreAnswers() async throws {
        let launcher = FakeLauncher { _, worker in
            guard worker.slot == 0 else { return FakeLauncher.reply("1") }
            throw HTTPProblem(.unprocessableContent, .json("{}"))
        }
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher)
        #expect(await problem { try await gateway.ask("a") }?.status == .unprocessableContent)
        #expect(launcher.starts == 1)
    }

    @Test func theLogTellsEachChangeOnce() async throws {
        let log = RecordedLog()
        let launcher = FakeLauncher(Self.slotNumber)
        let gateway = try Gateway.at([big, "cpu", "cpu"], launcher: launcher, logHandler: log.handler)
        let life = Task { await gateway.run(preload: []) }
        let service = await launcher.worker()
        try await until { try await gateway.reportedHealth().slots[0].state == .running }
        service?.die(Self.silence)
        for round in 1...2 {
            // Asked again after a second, then after two.
            let service = await launcher.worker()
            if round == 2 {
                try await until { try await gateway.reportedHealth().slots[0].state == .running }
            } else {
                service?.die(Self.silence)
            }
        }
        life.cancel()
        await life.value
        // The fake says that it is ready before it dies.
        let lines = Set(log.lines)
        #expect(lines.contains("info: Service http://big:3003 answers"))
        #expect(
            lines.contains(
                "warning: Service http://big:3003 does not answer (it is silent): its requests go to cpu"))
        #expect(!log.lines.contains { $0.contains("Starting") || $0.contains("secret") })
    }

    // MARK: Models

    @Test func whatAServiceRunsWaitsForNoModel() async throws {
        let provider = FakeProvider()
        let gateway = try Gateway.at(
            [big, "cpu"], launcher: FakeLauncher(Self.slotNumber), supply: supply(provider))
        #expect(try await gateway.ask("a") == "0")
        #expect(provider.fetches == 0)
    }

    @Test func whatFailsOverWaitsForItsModel() async throws {
        let provider = FakeProvider()
        let gateway = try Gateway.at([big, "cpu"], launcher: declining(0), supply: supply(provider))
        async let answer = gateway.ask("a")
        await until { provider.fetches == 1 }
        #expect(try await gateway.reportedHealth().queue.running == 0)
        provider.finish()
        #expect(try await answer == "1")
        #expect(try await gateway.ask("b") == "1")
        #expect(provider.fetches == 1)
        let page = try #require(await gateway.page("/metrics"))
        let lines = String(decoding: page.body, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains(#"fovea_requests_total{task="clip",status="200"} 2"#), "Each counts once")
    }

    @Test func whatCannotBeHadHereIsRunElsewhere() async throws {
        let provider = FakeProvider()
        provider.finish(throwing: FoveaError(.modelUnavailable, "There is no network."))
        let gateway = try Gateway.at(
            ["cpu", big], launcher: FakeLauncher(Self.slotNumber), supply: supply(provider))
        #expect(try await gateway.ask("a") == "1")
        #expect(try await gateway.ask("b") == "1")
    }

    @Test func whatNobodyHasIsSaid() async throws {
        let provider = FakeProvider()
        provider.finish(throwing: FoveaError(.modelUnavailable, "There is no network."))
        let gateway = try Gateway.at([big, "cpu"], launcher: declining(0), supply: supply(provider))
        let problem = await problem { try await gateway.ask("a") }
        #expect(problem?.status.code == 500)
        #expect(problem?.body == .plain("it broke"), "What a service said of it says more")
    }

    @Test func aRouterFetchesNothing() async throws {
        let provider = FakeProvider()
        let launcher = FakeLauncher(Self.slotNumber)
        let gateway = try Gateway.at([big], launcher: launcher, supply: supply(provider))
        let life = Task { await gateway.run(preload: [ModelID(.clip, .textual, name: "m")]) }
        _ = await launcher.worker()
        #expect(try await gateway.ask("a") == "0")
        life.cancel()
        await life.value
        #expect(provider.fetches == 0)
        #expect(launcher.starts == 1)
    }

    @Test func aModelThatOnlyAServiceRunsIsNotFetchedAtTheStart() async throws {
        var rule = ModelRule(pattern: "clip/*")
        rule.places = [.service(try ServiceAddress(big))]
        rule.fallsBack = false
        let provider = FakeProvider()
        let launcher = FakeLauncher(Self.slotNumber)
        let gateway = try Gateway.at(
            [big, "cpu"], rules: [rule], launcher: launcher, supply: supply(provider))
        let life = Task {
            await gateway.run(
                preload: [
                    ModelID(.clip, .textual, name: "m"), ModelID(.facialRecognition, .detection, name: "f"),
                ])
        }
        await until { provider.fetches == 1 }
        provider.finish()
        await until { launcher.starts == 2 }
        life.cancel()
        await life.value
        #expect(provider.fetches == 1)
    }

    // MARK: Callers

    @Test func whatAnotherFoveaSentIsRunHere() async throws {
        let launcher = FakeLauncher(Self.slotNumber)
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher)
        let reply = try await gateway.predict(.text("a", isForwarded: true))
        #expect(reply.json == Array("1".utf8))
    }

    @Test func whatCouldOnlyGoFurtherGoesBack() async throws {
        let gateway = try Gateway.at([big], launcher: FakeLauncher(Self.slotNumber))
        let problem = await problem { try await gateway.predict(.text("a", isForwarded: true)) }
        #expect(problem?.status.code == 508)
        #expect(problem?.body.text.contains("Another Fovea sent the request here") == true)
        #expect(try await gateway.ask("a") == "0")
    }

    @Test func patienceIsForAllAttemptsTogether() async throws {
        let timeouts = Mutex<[Duration]>([])
        let launcher = FakeLauncher { call, worker in
            timeouts.withLock { $0.append(call.timeout ?? .zero) }
            if worker.slot == 0 {
                throw ServiceDeclined(answer: .unavailable("no"), reason: "it answers with 503")
            }
            return FakeLauncher.reply("1")
        }
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher)
        #expect(try await gateway.ask("a", timeout: .seconds(1000)) == "1")
        let told = timeouts.withLock { $0 }
        #expect(told.count == 2)
        #expect(told[0] < .seconds(1000) && told[1] < told[0] && told[1] > .zero)
    }

    @Test func patienceEndsWhereTheRequestIs() async throws {
        let launcher = FakeLauncher { _, worker in
            if worker.slot == 0 {
                throw ServiceDeclined(answer: .unavailable("no"), reason: "it answers with 503")
            }
            try await waitForCancellation()
        }
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher)
        let problem = await problem { try await gateway.ask("a", timeout: .milliseconds(50)) }
        #expect(problem?.status == .gatewayTimeout)
    }

    @Test func whoGoesAwayIsForgottenEverywhere() async throws {
        let events = AsyncStream<String>.makeStream()
        let launcher = FakeLauncher { _, _ in
            events.continuation.yield("began")
            defer { events.continuation.yield("ended") }
            try await waitForCancellation()
        }
        let provider = FakeProvider()
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher, supply: supply(provider))
        let call = Task { try await gateway.ask("a") }
        #expect(await events.stream.first { _ in true } == "began")
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(await events.stream.first { _ in true } == "ended")
        #expect(provider.fetches == 0)
        #expect(launcher.starts == 1)
    }

    @Test func itsTextsAreRemembered() async throws {
        let count = Mutex(0)
        let launcher = FakeLauncher { _, _ in
            FakeLauncher.reply("\(count.withLock { $0 += 1; return $0 })")
        }
        let gateway = try Gateway.at([big, "cpu"], launcher: launcher, textBytes: 1 << 20)
        #expect(try await gateway.ask("a") == "1")
        #expect(try await gateway.ask("a") == "1")
        #expect(try await gateway.ask("b") == "2")
    }
}
