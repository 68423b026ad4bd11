import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Synchronization
import Testing

/// The gateway answers a text that it has the answer to by itself.
@Suite(.timeLimit(.minutes(1))) struct RememberedTextTests {
    @Test func aRepeatedTextNeedsNoWorker() async throws {
        let asked = Mutex(0)
        let launcher = FakeLauncher { call, worker in
            asked.withLock { $0 += 1 }
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(launcher: launcher, textBytes: 1 << 20)
        #expect(try await gateway.ask("a dog") == "a dog")
        let second = try await gateway.predict(.text("a dog"))
        #expect(second.json == Array("a dog".utf8))
        #expect(second.report == PredictionReport(durations: [.cache: .zero]), "No model ran")
        #expect(asked.withLock { $0 } == 1)
        #expect(try await gateway.ask("a cat") == "a cat")
        #expect(asked.withLock { $0 } == 2)
        let metrics = try #require(await gateway.page("/metrics"))
        #expect(String(decoding: metrics.body, as: UTF8.self).contains("phase=\"cache\""))
    }

    @Test func errorsAreNotRemembered() async throws {
        let asked = Mutex(0)
        let launcher = FakeLauncher { call, worker in
            if asked.withLock({
                $0 += 1
                return $0 == 1
            }) {
                throw FoveaError(.engineFailed, "Out of memory.")
            }
            return try await FakeLauncher.echo(call, worker)
        }
        let gateway = Gateway.with(launcher: launcher, textBytes: 1 << 20)
        await #expect(throws: (any Error).self) { try await gateway.ask("a dog") }
        #expect(try await gateway.ask("a dog") == "a dog")
    }

    @Test func aModelThatIsLoadedAnswersAnew() async throws {
        let asked = Mutex(0)
        let launcher = FakeLauncher { call, worker in
            let number = asked.withLock { count in
                count += 1
                return count
            }
            return FakeLauncher.reply("\(number)")
        }
        let gateway = Gateway.with(launcher: launcher, textBytes: 1 << 20)
        #expect(try await gateway.ask("a dog") == "1")
        #expect(try await gateway.ask("a dog") == "1")
        let worker = try #require(await launcher.worker())
        worker.say(
            .model(
                .loaded(
                    ModelID(.clip, .textual, name: "m"), .cpu, bytes: 1, took: .zero, pinned: false)))
        try await until { try await gateway.ask("a dog") == "2" }
    }
}
