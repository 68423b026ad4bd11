import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import HTTPTypes
import Logging
import Testing

/// Requests for models that are not there yet, or broken.
@Suite(.timeLimit(.minutes(1))) struct SupplyTests {
    @Test func aRequestWaitsForItsModelAndIsAnswered() async throws {
        let provider = FakeProvider()
        let gateway = gateway(provider)
        async let answer = gateway.ask("a dog")
        await until { provider.fetches == 1 }
        provider.tell(FetchProgress(bytes: 3, totalBytes: 10))
        try await until { try await gateway.reportedHealth().downloads?.first?.bytes == 3 }
        let download = try await gateway.reportedHealth().downloads?.first
        #expect(download?.name == "m")
        #expect(download?.totalBytes == 10)
        provider.finish()
        #expect(try await answer == "a dog")
        #expect(try await gateway.reportedHealth().downloads == nil)
        #expect(try await gateway.ask("a cat") == "a cat")
        #expect(provider.fetches == 1)
    }

    @Test func manyWaitForOneDownload() async throws {
        let provider = FakeProvider()
        let gateway = gateway(provider)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask { try await gateway.ask("\(number)") == "\(number)" }
            }
            await until { provider.fetches == 1 }
            provider.finish()
            for try await isRight in group { #expect(isRight) }
        }
        #expect(provider.fetches == 1)
    }

    @Test func whatCannotBeHadIsSaid() async throws {
        let provider = FakeProvider()
        let launcher = FakeLauncher()
        let gateway = gateway(provider, launcher)
        let error = FoveaError(.modelNotFound, "There is no model 'm' on the hub.")
        provider.finish(throwing: error)
        #expect(await problem { try await gateway.ask("a") }?.status == .notFound)
        #expect(await problem { try await gateway.ask("a") }?.status == .notFound)
        #expect(provider.fetches == 1, "The failure is the answer for a while")
        #expect(launcher.starts == 0)
    }

    @Test func nobodyWaitsLongerThanTheyWantAndTheDownloadGoesOn() async throws {
        let provider = FakeProvider()
        let gateway = gateway(provider)
        let timeout = await problem { try await gateway.ask("a", timeout: .milliseconds(1)) }
        #expect(timeout?.status == HTTPProblem.timedOut.status)
        async let answer = gateway.ask("b")
        await until { provider.fetches == 1 }
        provider.finish()
        #expect(try await answer == "b")
        #expect(provider.fetches == 1)
    }

    @Test func aClientThatHangsUpStopsNothing() async throws {
        let provider = FakeProvider()
        let gateway = gateway(provider)
        let request = Task { try await gateway.ask("a") }
        await until { provider.fetches == 1 }
        request.cancel()
        await #expect(throws: CancellationError.self) { try await request.value }
        provider.finish()
        #expect(try await gateway.ask("b") == "b")
        #expect(provider.fetches == 1)
    }

    @Test func aBrokenModelIsMendedAndTheRequestAnswered() async throws {
        let provider = FakeProvider(isThere: true)
        provider.finish()
        let launcher = brokenModel { provider.repairs == 0 }
        let gateway = gateway(provider, launcher)
        // What the worker tells of the model may come after its answer; then the next request is the one.
        await until { (try? await gateway.ask("a")) == "a" }
        #expect(provider.repairs == 1)
        #expect(provider.fetches == 0)
    }

    @Test func whatCannotBeMendedFailsAsItDid() async throws {
        let provider = FakeProvider(isThere: true)
        provider.finish(throwing: FoveaError(.modelNotFound, "There is no network."))
        let gateway = gateway(provider, brokenModel { true })
        await until {
            #expect(await problem { try await gateway.ask("a") }?.body == .detail("it is cut off"))
            return provider.repairs == 1
        }
        for _ in 1...3 {
            #expect(await problem { try await gateway.ask("a") }?.body == .detail("it is cut off"))
        }
        #expect(provider.repairs == 1, "Not again so soon")
    }

    /// Workers that cannot load the model while it is broken.
    private func brokenModel(_ isBroken: @escaping @Sendable () -> Bool) -> FakeLauncher {
        FakeLauncher { call, worker in
            guard isBroken() else { return try await FakeLauncher.echo(call, worker) }
            worker.say(.model(.loadFailed(ModelID(.clip, .textual, name: "m"), message: "it is cut off")))
            throw HTTPProblem(.internalServerError, .detail("it is cut off"))
        }
    }

    @Test func modelsToPreloadAreFetchedBeforeWorkersStart() async throws {
        let provider = FakeProvider()
        let launcher = FakeLauncher()
        let gateway = gateway(provider, launcher)
        let life = Task { await gateway.run(preload: [ModelID(.clip, .textual, name: "m")]) }
        await until { provider.fetches == 1 }
        #expect(launcher.starts == 0)
        provider.finish()
        _ = await launcher.worker()
        #expect(launcher.starts == 1)
        life.cancel()
        await life.value
    }

    @Test func whatIsLoadedCountsAsUsed() async throws {
        let provider = FakeProvider(isThere: true)
        let launcher = FakeLauncher()
        let gateway = gateway(provider, launcher)
        #expect(try await gateway.ask("a") == "a")
        let id = ModelID(.clip, .textual, name: "m")
        await launcher.worker()?.say(.model(.loaded(id, .cpu, bytes: 1, took: .zero, pinned: false)))
        await until { provider.uses == 1 }
    }

    @Test func theEndBreaksADownloadOff() async throws {
        let provider = FakeProvider()
        let gateway = gateway(provider)
        let life = Task { await gateway.run(preload: []) }
        let request = Task { await problem { try await gateway.ask("a") } }
        await until { provider.fetches == 1 }
        life.cancel()
        await life.value
        #expect(provider.isCancelled)
        #expect(await request.value != nil)
    }

    private func gateway(_ provider: FakeProvider, _ launcher: FakeLauncher = FakeLauncher()) -> Gateway {
        Gateway.with(
            launcher: launcher,
            supply: ModelSupply(
                provider: provider, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    }
}
