import FoveaCore
import FoveaEngine

/// What a residency's decisions lead to: who uses what, who waits.
struct World {
    var leases: [ModelID: Int] = [:]
    var loading: Set<ModelID> = []
    var waiting: [ModelResidency.Ticket] = []
    /// What must not happen.
    var faults: [String] = []

    mutating func apply(_ admissions: [ModelResidency.Admission]) {
        for admission in admissions {
            if !waiting.contains(admission.ticket) { faults.append("\(admission) does not wait") }
            waiting.removeAll { $0 == admission.ticket }
            apply(admission.decision, to: admission.model)
        }
    }

    mutating func apply(_ decision: ModelResidency.Decision, to id: ModelID) {
        switch decision {
        case .share: leases[id, default: 0] += 1
        case .load(let victims):
            for victim in victims { unload(victim) }
            if leases[id] != nil { faults.append("\(id) is loaded twice") }
            leases[id] = 1
            loading.insert(id)
        case .wait(let ticket): waiting.append(ticket)
        case .refuse: break
        }
    }

    mutating func unload(_ id: ModelID) {
        if leases[id] != nil || loading.contains(id) { faults.append("\(id) is unloaded in use") }
    }

    /// Picks a load to end.
    mutating func takeLoad(using random: inout SplitMix) -> ModelID? {
        let id = loading.sorted { $0.name < $1.name }.randomElement(using: &random)
        return id.flatMap { loading.remove($0) }
    }

    /// Picks a wait to give up.
    mutating func takeTicket(using random: inout SplitMix) -> ModelResidency.Ticket? {
        waiting.indices.randomElement(using: &random).map { waiting.remove(at: $0) }
    }

    /// Ends the use of some model that is loaded.
    mutating func releaseOne(
        in residency: inout ModelResidency, at now: ContinuousClock.Instant, using random: inout SplitMix
    ) {
        let used = leases.keys.filter { !loading.contains($0) }.sorted { $0.name < $1.name }
        guard let id = used.randomElement(using: &random), let count = leases[id] else { return }
        leases[id] = count == 1 ? nil : count - 1
        apply(residency.release(id, at: now))
    }
}

/// Random numbers that are the same in every run (Steele, Lea, Flood:
/// "Fast splittable pseudorandom number generators", 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
