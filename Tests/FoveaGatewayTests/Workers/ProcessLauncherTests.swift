import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import Logging
import Synchronization
import Testing

private let shell = "/bin/sh"

/// Workers that are shell scripts: standard input is the control channel.
@Suite(
    .enabled(if: FileManager.default.isExecutableFile(atPath: shell), "There is no shell"),
    .timeLimit(.minutes(1)))
struct ProcessLauncherTests {
    private let slot = Slot(index: 2, device: "cpu", deviceID: "7")

    /// Runs a script as a worker until it ends.
    private func run(
        _ script: String, executable: String = shell,
        onStart: @escaping @Sendable (any Worker) -> Void = { _ in },
        onEvent: @escaping @Sendable (WorkerEvent, any Worker) -> Void = { _, _ in }
    ) async throws -> (death: Death, events: [WorkerEvent]) {
        let launcher = try ProcessLauncher(
            program: .init(executable: executable, arguments: ["-c", script]),
            settings: try Settings(environment: ["HOME": "/nowhere"]),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let seen = Seen()
        let death = await launcher.run(slot) { worker in
            seen.worker.withLock { $0 = worker }
            onStart(worker)
        } onEvent: { event in
            seen.events.withLock { $0.append(event) }
            if let worker = seen.worker.withLock({ $0 }) { onEvent(event, worker) }
        }
        await launcher.shutDown()
        return (death, seen.events.withLock { $0 })
    }

    private final class Seen: Sendable {
        let worker = Mutex<(any Worker)?>(nil)
        let events = Mutex<[WorkerEvent]>([])
    }

    private static let saysReady = #"echo '{"ready":{"engine":"sh"}}' >&0"#

    @Test func aWorkerThatIsLetGoEndsByItself() async throws {
        let (death, events) = try await run("\(Self.saysReady); cat", onEvent: { _, worker in worker.stop() })
        #expect(events == [.ready(engine: "sh")])
        #expect(death == Death(.exited, "it exited with status 0"))
    }

    @Test func itIsToldWhoItIs() async throws {
        let script =
            #"printf '{"unusable":{"reason":"%s, %s, %s"}}\n' "$0 $1 $2 $3" "$MACHINE_LEARNING_DEVICE_ID" "${5##*/}" >&0"#
        let (_, events) = try await run(script)
        #expect(events == [.unusable(reason: "--slot 2 --device cpu, 7, 2-1.sock")])
    }

    @Test func itHasAProcess() async throws {
        let pids = AsyncStream<Int32?>.makeStream()
        let script = #"printf '{"ready":{"engine":"%s"}}\n' $$ >&0"#
        let (_, events) = try await run(script) { pids.continuation.yield($0.processID) }
        let pid = try #require(await pids.stream.first { _ in true } ?? nil)
        #expect(events == [.ready(engine: "\(pid)")])
    }

    @Test(arguments: [
        ("exit 3", Death(.exited, "it exited with status 3")),
        ("kill -TERM $$", Death(.crashed, "it was ended by signal 15 (SIGTERM: it was asked to end)")),
        ("kill -SEGV $$", Death(.crashed, "it was ended by signal 11 (SIGSEGV: it crashed)")),
        (
            "kill -KILL $$",
            Death(.killed, "it was ended by signal 9 (SIGKILL: most often because memory ran out)")
        ),
    ])
    func howItEndedIsTold(_ script: String, _ death: Death) async throws {
        // No core files of what is meant to happen.
        #expect(try await run("ulimit -c 0; \(Self.saysReady); \(script)").death == death)
    }

    @Test func aWorkerThatIsKilledIsGone() async throws {
        let (death, _) = try await run(
            "trap '' TERM; \(Self.saysReady); exec cat",
            onEvent: { _, worker in
                worker.kill()
                worker.kill()
            })
        #expect(death.restartReason == .killed)
    }

    @Test func aProgramThatIsNotThereIsTold() async throws {
        let (death, events) = try await run("", executable: "/nowhere/fovea")
        #expect(death.restartReason == .startFailed)
        #expect(death.explanation.hasPrefix("it could not be run: "))
        #expect(events.isEmpty)
    }

    @Test func aWorkerThatHasEndedIsLeftAlone() async throws {
        let workers = AsyncStream<any Worker>.makeStream()
        _ = try await run("exit 0") { workers.continuation.yield($0) }
        let worker = await workers.stream.first { _ in true }
        // Its number may be another's by now.
        worker?.kill()
        worker?.stop()
    }
}
