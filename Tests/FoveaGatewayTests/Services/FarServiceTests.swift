import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import HTTPTypes
import Logging
import Synchronization
import Testing

/// Gateways and other services, with real connections between them.
@Suite(.timeLimit(.minutes(1))) struct FarServiceTests {
    /// An answer to a text, with something that tells whose it is.
    private static let far = #"{"clip":"far"}"#

    /// Runs a gateway whose slots are these services, and a worker that answers
    /// with `here`.
    private func withGateway(
        _ places: [String], environment: [String: String] = [:], log: RecordedLog = RecordedLog(),
        worker: FakeLauncher = FakeLauncher { _, _ in FakeLauncher.reply("here") },
        patience: Duration = .seconds(30), requestPatience: Duration = .seconds(300),
        _ body: (Gateway) async throws -> Void
    ) async throws {
        let settings = try Settings(environment: environment.merging(["HOME": "/nowhere"]) { $1 })
        let logger = Logger(label: "test") { _ in log.handler }
        var watch = ServiceLauncher.Watch(requestPatience: requestPatience)
        watch.interval = .milliseconds(50)
        watch.doubt = .milliseconds(10)
        watch.patience = patience
        let launcher = SlotLauncher(
            workers: worker, services: try ServiceLauncher(settings.services, watch: watch, logger: logger))
        let gateway = try Gateway.at(places, launcher: launcher, logHandler: log.handler)
        let life = Task { await gateway.run(preload: []) }
        do {
            try await body(gateway)
        } catch {
            life.cancel()
            await life.value
            await launcher.shutDown()
            throw error
        }
        life.cancel()
        await life.value
        await launcher.shutDown()
    }

    private func state(_ gateway: Gateway, _ slot: Int = 0) async throws -> SlotState {
        try await gateway.reportedHealth().slots[slot].state
    }

    @Test func requestsArriveAsTheyCameAndAnswersComeBack() async throws {
        let service = FarService(prefix: "/s3cret") { _ in
            FarService.Answer(
                headers: [
                    "X-Fovea-Models":
                        #""clip/m/visual";device="cuda:0";provider="p";precision="fp16";batch=1;count=1"#,
                    "Server-Timing": "run;dur=5",
                ], body: #"{"clip":"[1]"}"#)
        }
        try await service.start()
        let log = RecordedLog()
        try await withGateway(
            [service.address, "cpu"], environment: ["FOVEA_SERVICE_TOKEN": "t0ken"], log: log
        ) { gateway in
            let picture = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            var call = PredictionCall.image(picture)
            call.priority = .bulk
            call.timeout = .seconds(50)
            let reply = try await gateway.predict(call)
            #expect(String(decoding: reply.json, as: UTF8.self) == #"{"clip":"[1]"}"#)
            #expect(reply.report.service == "http://127.0.0.1:\(service.port)")
            #expect(reply.report.runs.map(\.placement.device) == ["cuda:0"])
            #expect(reply.report.durations[.run] == .milliseconds(5))
            let request = try #require(service.requests.first)
            #expect(request.path == "/s3cret/predict")
            #expect(request.headers["authorization"] == "Bearer t0ken")
            #expect(request.headers["x-fovea-priority"] == "bulk")
            #expect(request.headers["x-fovea-hops"] == "1")
            let timeout = try #require(request.headers["x-request-timeout"].flatMap(Double.init))
            #expect(timeout > 0 && timeout <= 50)
            #expect(Data(request.body).range(of: Data(picture)) != nil)

            var pages = ""
            for path in ["/health", "/metrics"] {
                pages += String(decoding: await gateway.page(path)?.body ?? [], as: UTF8.self)
            }
            #expect(pages.contains(#""device":"http://127.0.0.1:\#(service.port)""#))
            #expect(!(pages + log.lines.joined()).contains("s3cret"))
        }
        await service.kill()
        #expect(!log.lines.joined().contains("s3cret"))
    }

    @Test func oneThatIsKilledLosesNothingAndIsUsedAgain() async throws {
        let service = FarService { request in
            guard !request.body.contains(UInt8(ascii: "!")) else {
                try? await Task.sleep(for: .seconds(3600))
                return nil
            }
            return FarService.Answer(body: Self.far)
        }
        try await service.start()
        let log = RecordedLog()
        try await withGateway([service.address, "cpu"], log: log) { gateway in
            #expect(try await gateway.ask("a") == Self.far)
            for round in 1...2 {
                async let first = gateway.ask("1!")
                async let second = gateway.ask("2!")
                async let third = gateway.ask("3!")
                await until {
                    service.requests.count { $0.body.contains(UInt8(ascii: "!")) } == 3 * round
                }
                await service.kill()
                #expect(try await [first, second, third] == ["here", "here", "here"])
                try await until { try await state(gateway) == .restarting }
                #expect(try await gateway.ask("a") == "here")
                try await service.start()
                try await until { try await state(gateway) == .running }
                #expect(try await gateway.ask("a") == Self.far)
            }
        }
        await service.kill()
        let name = "http://127.0.0.1:\(service.port)"
        #expect(log.lines.filter { $0 == "info: Service \(name) answers" }.count == 3)
        let goings = log.lines.filter { $0.hasPrefix("warning: Service \(name) does not answer (") }
        #expect(goings.count == 2)
        #expect(goings.allSatisfy { $0.hasSuffix("): its requests go to cpu") }, "\(goings)")
    }

    @Test func oneThatFallsSilentIsGivenUp() async throws {
        let isSilent = Mutex(false)
        let service = FarService { _ in
            isSilent.withLock { $0 = true }
            try? await Task.sleep(for: .seconds(3600))
            return nil
        }
        try await service.start()
        try await withGateway([service.address, "cpu"], patience: .seconds(2)) { gateway in
            async let answer = gateway.ask("a")
            await until { isSilent.withLock { $0 } }
            service.silence()
            let text = try await answer
            #expect(text == "here")
            let health = try await gateway.reportedHealth()
            #expect(health.slots[0].lastError?.contains("it is silent") == true)
        }
        await service.kill()
    }

    @Test(arguments: [401, 403, 404, 500, 302])
    func whatSaysNothingAboutTheRequestIsWarnedOfOnce(status: Int) async throws {
        let service = FarService { _ in
            FarService.Answer(status: status, body: #"{"detail":"Not Found"}"#)
        }
        try await service.start()
        let log = RecordedLog()
        try await withGateway([service.address, "cpu"], log: log) { gateway in
            for _ in 1...4 {
                let text = try await gateway.ask("a")
                #expect(text == "here")
            }
            #expect(service.requests.count == 4)
            _ = try await gateway.ask("a")
            try await until { try await state(gateway) == .restarting }
            #expect(try await gateway.reportedHealth().slots[0].lastError?.contains("no request") == true)
        }
        await service.kill()
        let warnings = log.lines.filter { $0.contains("declines requests") }
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("\(status)") == true)
    }

    /// Of models and of limits, another may have more.
    @Test(arguments: [404, 413])
    func whatItLacksAnotherMayHave(status: Int) async throws {
        let service = FarService { _ in
            FarService.Answer(status: status, body: #"{"detail":"There is no model 'm'."}"#)
        }
        try await service.start()
        try await withGateway([service.address, "cpu"]) { gateway in
            for _ in 1...8 {
                let text = try await gateway.ask("a")
                #expect(text == "here")
            }
            #expect(service.requests.count == 8, "That says nothing of the service")
        }
        try await withGateway([service.address]) { gateway in
            let problem = await problem { try await gateway.ask("a") }
            #expect(problem?.status.code == status)
            #expect(problem?.body.text.contains("no model 'm'") == true)
        }
        await service.kill()
    }

    /// A picture that cannot be read is none anywhere.
    @Test(arguments: [400, 422])
    func whatIsWrongWithTheRequestIsItsAnswer(status: Int) async throws {
        let service = FarService { _ in FarService.Answer(status: status, body: #"{"detail":"no"}"#) }
        try await service.start()
        try await withGateway([service.address, "cpu"]) { gateway in
            #expect(await problem { try await gateway.ask("a") }?.status.code == status)
        }
        await service.kill()
    }

    /// Proxies have limits and pages of their own.
    @Test(arguments: [
        (400, "text/html", "<html>"), (413, "text/html", "<html>"), (408, "text/plain", "late"),
        (200, "application/json", "{{{ nonsense"), (200, "application/json", ""),
        (200, "application/json", "[]"),
        (200, "application/json", #"{"ocr":{}}"#),
    ])
    func whatSomebodyInBetweenSaysIsNoAnswer(_ status: Int, _ type: String, _ body: String) async throws {
        let service = FarService { _ in FarService.Answer(status: status, type: type, body: body) }
        try await service.start()
        try await withGateway([service.address, "cpu"]) { gateway in
            let text = try await gateway.ask("a")
            #expect(text == "here")
            #expect(service.requests.count == 1)
        }
        await service.kill()
    }

    /// It says that it is there, and answers nothing.
    @Test func aRequestThatHangsIsPassedOn() async throws {
        let service = FarService { _ in
            try? await Task.sleep(for: .seconds(3600))
            return nil
        }
        try await service.start()
        try await withGateway([service.address, "cpu"], requestPatience: .seconds(2)) { gateway in
            let text = try await gateway.ask("a")
            #expect(text == "here")
            #expect(service.requests.count == 1)
        }
        await service.kill()
    }

    @Test func aWrongPathIsSaidAndNotShown() async throws {
        let service = FarService(prefix: "/right") { _ in FarService.Answer(body: Self.far) }
        try await service.start()
        let log = RecordedLog()
        try await withGateway(["http://127.0.0.1:\(service.port)/wr0ng"], log: log) { gateway in
            let problem = await problem { try await gateway.ask("a") }
            #expect(problem?.status == .serviceUnavailable)
            #expect(problem?.body.text.contains("correct the path") == true)
            #expect(problem?.body.text.contains("wr0ng") == false)
            #expect(service.requests.isEmpty)
        }
        await service.kill()
        #expect(log.lines.contains { $0.contains("answers with 404") })
        #expect(!log.lines.joined().contains("wr0ng"))
    }

    @Test func whatIsNoMachineLearningIsNotAsked() async throws {
        let service = FarService(prefix: "/x") { _ in nil }
        try await service.start()
        let page = FarService { _ in FarService.Answer(type: "text/html", body: "<html>") }
        try await page.start()
        try await withGateway([service.address, page.address, "cpu"]) { gateway in
            for _ in 1...4 {
                let text = try await gateway.ask("a")
                #expect(text == "here")
            }
        }
        await service.kill()
        await page.kill()
    }

    @Test func whoHangsUpEndsTheRequestThere() async throws {
        let events = AsyncStream<String>.makeStream()
        let service = FarService { _ in
            events.continuation.yield("began")
            try? await Task.sleep(for: .seconds(3600))
            events.continuation.yield("ended")
            return nil
        }
        try await service.start()
        try await withGateway([service.address, "cpu"]) { gateway in
            let call = Task { try await gateway.ask("a") }
            #expect(await events.stream.first { _ in true } == "began")
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
            #expect(await events.stream.first { _ in true } == "ended")
            let state = try await state(gateway)
            #expect(state == .running)
        }
        await service.kill()
    }

    @Test func twoShareTheWorkAndStandInForEachOther() async throws {
        let names = ["0", "1"].map { #"{"clip":"\#($0)"}"# }
        let services = names.map { name in FarService { _ in FarService.Answer(body: name) } }
        for service in services { try await service.start() }
        try await withGateway(services.map(\.address)) { gateway in
            for slot in 0...1 { try await until { try await state(gateway, slot) == .running } }
            let isGoing = Mutex(true)
            async let load = {
                var answers: Set<String> = []
                while isGoing.withLock({ $0 }) { answers.formUnion(try await askMany(gateway)) }
                return answers
            }()
            for round in 0..<4 {
                await services[round % 2].kill()
                try await until { try await state(gateway, round % 2) == .restarting }
                try await services[round % 2].start()
                try await until { try await state(gateway, round % 2) == .running }
            }
            isGoing.withLock { $0 = false }
            let answers = try await load
            #expect(answers == Set(names))
        }
        for service in services { await service.kill() }
    }

    private func askMany(_ gateway: Gateway) async throws -> Set<String> {
        try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<8 { group.addTask { try await gateway.ask("\(number)") } }
            return try await group.reduce(into: []) { $0.insert($1) }
        }
    }

    @Test func authoritiesThatCannotBeReadStopTheStart() throws {
        let settings = try Settings(environment: ["FOVEA_SERVICE_CA": "/nowhere.pem", "HOME": "/nowhere"])
        let error = #expect(throws: FoveaError.self) {
            try ServiceLauncher(
                settings.services, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }
        #expect(error?.message.contains("FOVEA_SERVICE_CA is '/nowhere.pem'") == true)
    }
}
