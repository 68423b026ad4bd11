import FoveaServer
import Testing

/// Many senders, in any order, some of whom go away or never go on.
@Suite(.timeLimit(.minutes(1))) struct IntakeModelTests {
    @Test(arguments: 0..<40)
    func everySenderGetsThrough(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let senders = Senders(
            requests: .random(in: 1...4, using: &random), bytes: .random(in: 50...200, using: &random))
        for _ in 0..<1000 where senders.violations.isEmpty {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<4:
                let count = Int.random(in: 0...6, using: &random)
                senders.begin(pieces: (0..<count).map { _ in .random(in: 1...20, using: &random) })
            case 4: senders.beginToDawdle()
            case 5..<14: senders.anyone(senders.sending, &random).map(senders.goOn)
            case 14..<18: senders.anyone(senders.whole, &random).map(senders.answer)
            default: senders.anyone(senders.everyone, &random).map(senders.hangUp)
            }
        }
        // Now everybody is quick, but for those who dawdle.
        while let id = senders.sending.first ?? senders.whole.first, senders.violations.isEmpty {
            senders.sending.isEmpty ? senders.answer(id) : senders.goOn(id)
        }
        #expect(senders.violations.isEmpty, "seed \(seed)")
        #expect(senders.everyone.count == senders.dawdling, "seed \(seed): somebody waits for ever")
    }
}

/// Senders, and what they know of the intake.
private final class Senders {
    private struct Sender {
        var rest: [Int]
        var bytes = 0
        var isDawdling = false
        var isWhole = false
        var isPaused = false
    }

    private let intake: TestedIntake
    private let maximumRequests: Int
    private let maximumBytes: Int
    private var senders: [TestedIntake.ID: Sender] = [:]
    private(set) var violations: [String] = []

    init(requests: Int, bytes: Int) {
        maximumRequests = requests
        maximumBytes = bytes
        intake = TestedIntake(requests: requests, bytes: bytes)
    }

    var everyone: [TestedIntake.ID] { senders.keys.sorted() }
    var dawdling: Int { senders.values.count(where: \.isDawdling) }
    /// Those who can send more, or say that this was all.
    var sending: [TestedIntake.ID] { ids { !$0.isPaused && !$0.isWhole && !$0.isDawdling } }
    var whole: [TestedIntake.ID] { ids(\.isWhole) }

    func anyone(_ ids: [TestedIntake.ID], _ random: inout SplitMix) -> TestedIntake.ID? {
        ids.randomElement(using: &random)
    }

    func begin(pieces: [Int]) {
        guard senders.count < 30 else { return }
        senders[intake.begin()] = Sender(rest: pieces)
    }

    /// A sender of one byte that never sends another. Ten of them leave room.
    func beginToDawdle() {
        guard dawdling < 10 else { return }
        let id = intake.begin()
        senders[id] = Sender(rest: [1], isDawdling: true)
        send(id)
    }

    func goOn(_ id: TestedIntake.ID) {
        if senders[id]?.rest.isEmpty == false { return send(id) }
        senders[id]?.isWhole = true
        resumed(intake.complete(id))
    }

    private func send(_ id: TestedIntake.ID) {
        guard let count = senders[id]?.rest.first else { return }
        if intake.arrive(count, of: id) == .pause {
            senders[id]?.isPaused = true
        } else {
            took(id)
        }
        check()
    }

    func answer(_ id: TestedIntake.ID) { hangUp(id) }

    func hangUp(_ id: TestedIntake.ID) {
        senders[id] = nil
        resumed(intake.end(id))
    }

    private func resumed(_ ids: [TestedIntake.ID]) {
        for id in ids {
            demand(senders[id]?.isPaused == true, "\(id) goes on, but did not wait")
            senders[id]?.isPaused = false
            took(id)
        }
        check()
    }

    private func took(_ id: TestedIntake.ID) {
        guard let count = senders[id]?.rest.removeFirst() else { return }
        senders[id]?.bytes += count
        // Beyond the limit goes one alone, and only where nothing is whole.
        if intake.bytes > maximumBytes {
            demand(whole.isEmpty, "\(id) goes beyond the limit")
        }
    }

    private func check() {
        let bytes = senders.values.reduce(0) { $0 + $1.bytes }
        demand(intake.bytes == bytes, "\(intake.bytes) bytes, and not \(bytes)")
        demand(intake.requests == whole.count, "\(intake.requests) are whole, and not \(whole.count)")
        for (id, sender) in senders {
            demand(intake.isPaused(id) == sender.isPaused, "\(id) is taken to be paused, or not to be")
        }
        guard
            let (id, furthest) = senders.filter({ $0.value.isPaused })
                .max(by: { ($0.value.bytes, $1.key) < ($1.value.bytes, $0.key) }),
            let piece = furthest.rest.first
        else { return }
        demand(
            whole.count >= maximumRequests || bytes + piece > maximumBytes,
            "\(id) waits, though there is room")
        let isFurthest = senders.values.allSatisfy { $0.isWhole || $0.bytes <= furthest.bytes }
        let isAlone = senders.values.count { !$0.isWhole && $0.bytes == furthest.bytes } == 1
        demand(!whole.isEmpty || !(isFurthest && isAlone), "\(id) waits for nothing")
    }

    private func ids(_ isMeant: (Sender) -> Bool) -> [TestedIntake.ID] {
        senders.filter { isMeant($0.value) }.keys.sorted()
    }

    private func demand(_ condition: Bool, _ text: @autoclosure () -> String) {
        if !condition, violations.count < 10 { violations.append(text()) }
    }
}
