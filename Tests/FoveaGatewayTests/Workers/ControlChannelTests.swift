import FoveaCore
import FoveaGateway
import Foundation
import Synchronization
import SystemPackage
import Testing

@Suite(.timeLimit(.minutes(1))) struct ControlChannelTests {
    /// What the gateway hears when a worker writes these pieces and ends.
    private func heard(_ pieces: [UInt8]...) async throws -> [WorkerEvent] {
        let (ours, theirs) = try ControlChannel.makePair()
        let channel = try await ControlChannel(adopting: ours)
        let events = Events()
        async let listening: Void = channel.forEachEvent { events.append($0) }
        for piece in pieces { try theirs.writeAll(piece) }
        try theirs.close()
        await listening
        return events.all
    }

    private func line(_ event: WorkerEvent) throws -> [UInt8] {
        Array(try JSONEncoder().encode(event)) + [10]
    }

    private let events: [WorkerEvent] = [
        .ready(engine: "ONNX Runtime\n1.20"), .unusable(reason: "\"quoted\" é 犬"),
        .heartbeat(oldestCall: nil),
        .heartbeat(oldestCall: .init(what: "run clip/m/visual", seconds: 1.5)),
        .model(.loading(ModelID(.clip, .visual, name: "m"))),
        .model(
            .loaded(ModelID(.ocr, .detection, name: "m"), .cpu, bytes: 1, took: .seconds(2), pinned: true)),
        .model(.loadFailed(ModelID(.ocr, .detection, name: "m"), message: "It is broken.")),
        .model(.trying(ModelID(.clip, .visual, name: "m"), device: "openvino:GPU.0")),
        .model(.preparing(ModelID(.clip, .visual, name: "m"), device: "openvino:GPU.0", done: 3, total: 12)),
        .model(.unloaded(ModelID(.facialRecognition, .recognition, name: "m"), reason: .evicted)),
    ]

    @Test func everyEventArrives() async throws {
        #expect(try await heard(try events.flatMap(line)) == events)
    }

    @Test func eventsArriveInWhateverPiecesTheyCome() async throws {
        let bytes = try events.flatMap(line)
        let (ours, theirs) = try ControlChannel.makePair()
        let channel = try await ControlChannel(adopting: ours)
        let heard = Events()
        async let listening: Void = channel.forEachEvent { heard.append($0) }
        for byte in bytes { try theirs.writeAll([byte]) }
        try theirs.close()
        await listening
        #expect(heard.all == events)
    }

    @Test func whatIsNoEventIsNothing() async throws {
        let ready = try line(.ready(engine: "e"))
        let junk: [[UInt8]] = [
            [], Array("\n\n\n".utf8), Array("WARNING: a library speaks\n".utf8), Array("{}\n".utf8),
            Array("{\"ready\":{}}\n".utf8), Array("[1,2]\n".utf8), [0xFF, 0xFE, 0, 10],
            Array("{\"ready\":{\"engine\":1}}\n".utf8), Array("{\"later\":{}}\n".utf8),
        ]
        for piece in junk { #expect(try await heard(piece + ready + piece) == [.ready(engine: "e")]) }
    }

    @Test func aLineThatIsTooLongIsNothing() async throws {
        // More than the channel holds, so it has to be written while it is read.
        let (ours, theirs) = try ControlChannel.makePair()
        let channel = try await ControlChannel(adopting: ours)
        let writing = Thread {
            let engine = [UInt8](repeating: UInt8(ascii: "e"), count: 2 << 20)
            let pieces = [Array("{\"ready\":{\"engine\":\"".utf8), engine, Array("\"}}\n".utf8)]
            let ready = Array("{\"ready\":{\"engine\":\"e\"}}\n".utf8)
            for piece in pieces + [ready] { _ = try? theirs.writeAll(piece) }
            try? theirs.close()
        }
        writing.start()
        let heard = Events()
        await channel.forEachEvent { heard.append($0) }
        #expect(heard.all == [.ready(engine: "e")])
    }

    @Test func theWorkersEndIsTheEnd() async throws {
        #expect(try await heard() == [])
        #expect(try await heard(Array("{\"ready\":".utf8)) == [], "Half an event is none")
    }

    @Test func aWorkerNoticesThatItIsToEndAndIsHeardStill() async throws {
        let (ours, theirs) = try ControlChannel.makePair()
        let channel = try await ControlChannel(adopting: ours)
        let heard = Events()
        async let listening: Void = channel.forEachEvent { heard.append($0) }
        try theirs.writeAll(line(.ready(engine: "e")))
        await until { !heard.all.isEmpty }
        channel.closeOutput()
        let end = try await withCheckedThrowingContinuation { continuation in
            Thread {
                continuation.resume(
                    with: Result {
                        try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) {
                            try theirs.read(into: $0)
                        }
                    })
            }.start()
        }
        #expect(end == 0)
        try theirs.writeAll(line(.unusable(reason: "last words")))
        try theirs.close()
        await listening
        #expect(heard.all == [.ready(engine: "e"), .unusable(reason: "last words")])
    }

    private final class Events: Sendable {
        private let list = Mutex<[WorkerEvent]>([])
        var all: [WorkerEvent] { list.withLock { $0 } }
        func append(_ event: WorkerEvent) { list.withLock { $0.append(event) } }
    }
}
