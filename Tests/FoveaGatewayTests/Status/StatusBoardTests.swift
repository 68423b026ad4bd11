import FoveaCore
import FoveaGateway
import FoveaMetrics
import FoveaServer
import Foundation
import Synchronization
import Testing

@Suite struct StatusBoardTests {
    private let slots = [
        Slot(index: 0, device: "cpu", deviceID: "0"), Slot(index: 1, device: "cuda:0", deviceID: "0"),
    ]
    private let clip = ModelID(.clip, .visual, name: "m")
    private let clock = TimeOfDay()

    private func board(_ change: (inout StatusBoard) -> Void = { _ in }) -> StatusBoard {
        var board = StatusBoard(slots: slots, memory: FakeMemory { Int($0) }, now: { [clock] in clock.now })
        change(&board)
        return board
    }

    private func health(_ board: StatusBoard, _ state: DispatchState? = nil) -> HealthReport {
        let rules = SlotRules(capacity: 5)
        let state = state ?? DispatchState(slots: slots.map { _ in SupervisedSlot(rules: rules) })
        return board.health(state, load: (requests: 1, bytes: 2), limits: Limits())
    }

    private func metrics(_ board: StatusBoard) -> Set<Substring> {
        Set(board.prometheusText(health(board)).split(separator: "\n"))
    }

    @Test func timeGoesOn() {
        let board = board()
        clock.pass(90.5)
        #expect(health(board).uptimeSeconds == 90.5)
        #expect(health(board).slots.map(\.since) == [clock.start, clock.start])
    }

    @Test func aSlotIsInItsStateSinceItChanged() {
        var board = board()
        clock.pass(10)
        board.changed(.starting(slot: 0))
        clock.pass(10)
        board.changed(.ready(slot: 0))
        #expect(health(board).slots.map { $0.since.timeIntervalSince(clock.start) } == [20, 0])
        clock.pass(10)
        board.changed(.killing(slot: 0, reason: "it was stuck"))
        #expect(health(board).slots[0].since.timeIntervalSince(clock.start) == 20, "It is running still")
        board.changed(.died(slot: 0, Death(.silent, "it was stuck"), running: 1))
        clock.pass(10)
        board.changed(.failed(slot: 0, reason: "it was stuck"))
        #expect(health(board).slots[0].since.timeIntervalSince(clock.start) == 40)
        clock.pass(10)
        board.changed(.stopping(slot: 1))
        clock.pass(10)
        board.changed(.stopped(slot: 1))
        #expect(health(board).slots[1].since.timeIntervalSince(clock.start) == 60)
    }

    @Test(arguments: [
        DispatchState.Transition.died(slot: 1, Death(.crashed, "it crashed"), running: 0), .stopped(slot: 1),
    ])
    func aWorkersPropertiesGoWithIt(_ end: DispatchState.Transition) {
        var board = board()
        board.started(1, processID: 77)
        board.heard(.ready(engine: "an engine"), from: 1)
        board.heard(.model(.loading(clip)), from: 1)
        var slot = health(board).slots[1]
        #expect(slot.pid == 77)
        #expect(slot.rssBytes == 154)
        #expect(slot.anonymousBytes == 77)
        #expect(slot.models == [.init(clip, state: .loading)])
        #expect(health(board).slots[0].models.isEmpty)
        board.changed(end)
        slot = health(board).slots[1]
        #expect(slot.pid == nil)
        #expect(slot.rssBytes == nil)
        #expect(slot.models.isEmpty)
    }

    @Test func modelsComeAndGo() {
        var board = board()
        board.heard(.model(.loading(clip)), from: 0)
        board.heard(.model(.loadFailed(clip, message: "It is broken.")), from: 0)
        #expect(health(board).slots[0].models == [.init(clip, state: .failed, lastError: "It is broken.")])
        board.heard(.model(.loading(clip)), from: 0)
        #expect(health(board).slots[0].models == [.init(clip, state: .loading)])
        let loaded = EngineEvent.loaded(clip, .cpu, bytes: 9, took: .seconds(2), pinned: true)
        board.heard(.model(loaded), from: 0)
        #expect(
            health(board).slots[0].models == [.init(clip, state: .loaded, placement: .cpu, bytes: 9)])
        board.heard(.model(.unloaded(clip, reason: .evicted)), from: 0)
        #expect(health(board).slots[0].models.isEmpty)
        let metrics = metrics(board)
        #expect(
            metrics.contains(
                #"fovea_model_load_failures_total{slot="0",task="clip",type="visual"} 1"#))
        #expect(
            metrics.contains(
                #"fovea_model_load_duration_seconds_sum{slot="0",task="clip",type="visual",model="m"} 2"#))
    }

    @Test func trialsTellHowFarTheyAre() {
        var board = board()
        let text = ModelID(.clip, .textual, name: "m")
        board.heard(.model(.preparing(clip, device: "tensorrt:0", done: 1, total: 2)), from: 1)
        #expect(health(board).slots[1].trials == nil, "Of no trial")
        board.heard(.model(.trying(clip, device: "tensorrt:0")), from: 1)
        board.heard(.model(.trying(text, device: "tensorrt:0")), from: 1)
        #expect(
            health(board).slots[1].trials == [
                .init(clip, device: "tensorrt:0"), .init(text, device: "tensorrt:0"),
            ])
        board.heard(.model(.preparing(clip, device: "tensorrt:0", done: 0, total: 12)), from: 1)
        board.heard(.model(.preparing(clip, device: "tensorrt:0", done: 3, total: 12)), from: 1)
        board.heard(.model(.preparing(text, device: "cuda:0", done: 9, total: 9)), from: 1)
        #expect(
            health(board).slots[1].trials == [
                .init(clip, device: "tensorrt:0", prepared: 3, toPrepare: 12),
                .init(text, device: "tensorrt:0"),
            ])
        board.heard(.model(.tried(clip, device: "tensorrt:0", passed: true, took: .seconds(1))), from: 1)
        #expect(health(board).slots[1].trials == [.init(text, device: "tensorrt:0")])
        board.changed(.stopped(slot: 1))
        #expect(health(board).slots[1].trials == nil)
    }

    @Test func namesOfNoModelsAreNotKeptWithoutEnd() {
        var board = board()
        board.heard(.model(.loaded(clip, .cpu, bytes: 9, took: .seconds(1), pinned: false)), from: 0)
        for number in 0..<1000 {
            let id = ModelID(.clip, .visual, name: "none-\(number)")
            board.heard(.model(.loadFailed(id, message: "No.")), from: 0)
        }
        let models = health(board).slots[0].models
        #expect(models.count == 64)
        #expect(models.first?.id == clip, "What is loaded is kept")
        #expect(models.last?.name == "none-999")
    }

    @Test func endingsAreCountedByWhatTheyAre() {
        let call = PredictionCall.text("a")
        let board = board { board in
            board.ended(call.request, .success(FakeLauncher.reply("{}")), after: .seconds(2))
            board.ended(call.request, .failure(CancellationError()), after: .seconds(1))
            board.ended(call.request, .failure(HTTPProblem.timedOut), after: .seconds(1))
            board.ended(call.request, .failure(FoveaError(.modelNotFound, "No.")), after: .seconds(1))
        }
        let metrics = metrics(board)
        for line: Substring in [
            #"fovea_requests_total{task="clip",status="200"} 1"#,
            #"fovea_requests_total{task="clip",status="404"} 1"#,
            #"fovea_requests_total{task="clip",status="504"} 1"#,
            #"fovea_requests_cancelled_total{task="clip"} 1"#,
            #"fovea_requests_deadline_exceeded_total{task="clip"} 1"#,
            #"fovea_request_duration_seconds_sum{task="clip"} 2"#,
        ] {
            #expect(metrics.contains(line))
        }
    }

    @Test func refusalsAreCountedByTheirReason() {
        let board = board { board in
            board.refused(status: 422)
            board.refused(status: 429)
            board.givenUp(.noSlot(reason: "it crashed"))
            board.givenUp(.noSlot(reason: "it crashed"))
            board.givenUp(.shutDown)
            board.givenUp(.crashed(reason: "it crashed"))
        }
        let metrics = metrics(board)
        for (reason, count) in [("queue_depth", 1), ("queue_bytes", 0), ("no_slot", 2), ("stopping", 1)] {
            #expect(metrics.contains("fovea_requests_rejected_total{reason=\"\(reason)\"} \(count)"))
        }
    }

    @Test func statesHaveTheirNames() {
        let now = SuspendingClock.now
        var slot = SupervisedSlot(rules: SlotRules(capacity: 1, idleTime: .zero))
        var seen: [SlotState] = []
        func look() {
            seen += health(board(), DispatchState(slots: [slot, slot])).slots.prefix(1).map(\.state)
        }
        look()
        _ = slot.launch(at: now)
        look()
        _ = slot.ready(at: now)
        look()
        _ = slot.tick(at: now)
        look()
        _ = slot.died("it exited with status 0", at: now)
        _ = slot.launch(at: now)
        _ = slot.died("it crashed", at: now)
        look()
        for _ in 0..<4 {
            _ = slot.launch(at: now.advanced(by: .seconds(60)))
            _ = slot.died("it crashed", at: now)
        }
        look()
        #expect(seen == [.stopped, .starting, .running, .draining, .restarting, .failed])
    }

    @Test func theQueueIsToldByPriority() {
        let now = SuspendingClock.now
        var state = DispatchState(slots: slots.map { _ in SupervisedSlot(rules: SlotRules(capacity: 5)) })
        for (index, priority) in [RequestPriority.bulk, .standard, .bulk].enumerated() {
            _ = state.submit(RequestID(UInt64(index)), priority: priority, client: "a", at: now)
        }
        let queue = health(board(), state).queue
        #expect(queue.depthByPriority == [.interactive: 0, .standard: 1, .bulk: 2])
        #expect(queue.depth == 3)
        #expect(queue.bytes == 2)
        #expect(queue.limits.running == 10)
        #expect(queue.limits.depth == Limits().queueRequests)
    }
}

/// A time of day that passes when a test says so.
private final class TimeOfDay: Sendable {
    let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let passed = Mutex(0.0)

    var now: Date { start.addingTimeInterval(passed.withLock { $0 }) }
    func pass(_ seconds: Double) { passed.withLock { $0 += seconds } }
}
