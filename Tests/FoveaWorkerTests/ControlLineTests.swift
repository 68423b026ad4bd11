import FoveaCore
import FoveaEngine
import FoveaWorker
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct ControlLineTests {
    /// A line whose end is told to the stream; its thread stays until the
    /// tests have ended, because nothing comes after an end.
    private func line(_ channel: Channel) -> (line: ControlLine, ends: AsyncStream<ControlLine.End>) {
        let (ends, end) = AsyncStream<ControlLine.End>.makeStream()
        let line = ControlLine(descriptor: channel.worker, beat: 5) { why in
            end.yield(why)
            while true { pause() }
        }
        return (line, ends)
    }

    @Test func eventsAreLines() async throws {
        let channel = try Channel()
        let (line, _) = line(channel)
        let events: [WorkerEvent] = [
            .ready(engine: "two\nlines"), .unusable(reason: "\"é\" 犬"),
            .model(.loading(ModelID(.clip, .visual, name: "m"))),
        ]
        for event in events { line.send(event) }
        for event in events { #expect(try await channel.event() == event) }
    }

    @Test func linesOfManyThreadsDoNotMix() async throws {
        let channel = try Channel()
        let (line, _) = line(channel)
        let long = String(repeating: "x", count: 5000)
        // Threads, because a write waits while the channel is full.
        for writer in 0..<8 {
            Thread {
                for number in 0..<25 { line.send(.ready(engine: "\(writer * 25 + number) \(long)")) }
            }.start()
        }
        var numbers: Set<String> = []
        for _ in 0..<200 {
            guard case .ready(let text) = try await channel.event() else { continue }
            let parts = text.split(separator: " ")
            #expect(parts.last == long[...])
            numbers.insert(String(parts[0]))
        }
        #expect(numbers.count == 200)
    }

    @Test func aGatewayThatIsGoneIsNoticed() async throws {
        let channel = try Channel()
        let (line, ends) = line(channel)
        line.start(watching: NativeCalls())
        channel.closeGateway()
        #expect(await ends.first { _ in true } == .gatewayGone)
        // What is said now is lost, and harms nobody.
        line.send(.ready(engine: "e"))
    }

    @Test func aGatewayThatWantsNoMoreIsNoticed() async throws {
        let channel = try Channel()
        let (line, ends) = line(channel)
        line.start(watching: NativeCalls())
        channel.shutDownGateway()
        #expect(await ends.first { _ in true } == .stopped)
        line.send(.unusable(reason: "last words"))
        #expect(try await channel.event() == .unusable(reason: "last words"))
    }

    @Test func whatAGatewaySaysIsNotItsEnd() async throws {
        let channel = try Channel()
        let (line, ends) = line(channel)
        line.start(watching: NativeCalls())
        channel.say("what a later gateway might say\n")
        line.send(.ready(engine: "e"))
        #expect(try await channel.event() == .ready(engine: "e"))
        channel.shutDownGateway()
        #expect(await ends.first { _ in true } == .stopped)
    }

    @Test func programsThatTheWorkerStartsDoNotKeepTheChannelOpen() throws {
        let channel = try Channel()
        let moved = ControlLine.moveAside(channel.worker)
        #expect(moved != channel.worker)
        #expect(fcntl(moved, F_GETFD) & FD_CLOEXEC != 0)
        var byte: UInt8 = 0
        #expect(read(channel.worker, &byte, 1) == 0, "What is in its place has nothing to say")
        channel.say("x")
        #expect(read(moved, &byte, 1) == 1)
        #expect(byte == UInt8(ascii: "x"))
    }

    /// Compiling a graph takes minutes: its age says nothing, but that it is
    /// going on does.
    @Test func whatMayTakeLongIsASignOfLifeWithoutAnAge() async throws {
        let channel = try Channel()
        let (line, _) = line(channel)
        let calls = NativeCalls()
        line.start(watching: calls)
        let call = calls.begin("open clip/m/visual", mayTakeLong: true)
        for _ in 1...3 { #expect(try await channel.event() == .heartbeat(oldestCall: nil)) }
        call.end()
    }

    @Test func workIsASignOfLife() async throws {
        let channel = try Channel()
        let (line, _) = line(channel)
        let calls = NativeCalls()
        line.start(watching: calls)
        let call = calls.begin("run clip/m/visual")
        for _ in 1...3 {
            guard case .heartbeat(let oldest?) = try await channel.event() else {
                Issue.record("There was no heartbeat with a call")
                continue
            }
            #expect(oldest.what == "run clip/m/visual")
            #expect(oldest.seconds >= 0)
        }
        call.end()
        // One more says that it has ended; what was written before may come first.
        while true {
            let event = try await channel.event()
            if event == .heartbeat(oldestCall: nil) { break }
            guard case .heartbeat = event else {
                Issue.record("\(event) is no heartbeat")
                break
            }
        }
        // And then there is quiet.
        line.send(.ready(engine: "e"))
        #expect(try await channel.event() == .ready(engine: "e"))
    }
}

/// A socket pair: the worker's end, and the gateway's as a test uses it.
private final class Channel: Sendable {
    let worker: CInt
    private let gateway: CInt

    init() throws {
        var ends: [CInt] = [-1, -1]
        #if os(Linux)
            let type = CInt(SOCK_STREAM.rawValue)
        #else
            let type = SOCK_STREAM
        #endif
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else {
            throw FoveaError(.engineUnavailable, "There are no sockets: \(errno).")
        }
        worker = ends[0]
        gateway = ends[1]
    }

    func say(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(gateway, bytes, bytes.count)
    }

    func closeGateway() { close(gateway) }

    func shutDownGateway() { shutdown(gateway, CInt(SHUT_WR)) }

    /// The next event; waits for it on a thread of its own.
    func event() async throws -> WorkerEvent {
        try await withCheckedThrowingContinuation { continuation in
            Thread { [gateway] in
                var line: [UInt8] = []
                var byte: UInt8 = 0
                while read(gateway, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
                continuation.resume(
                    with: Result { try JSONDecoder().decode(WorkerEvent.self, from: Data(line)) })
            }.start()
        }
    }
}
