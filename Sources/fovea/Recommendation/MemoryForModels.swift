import FoveaServer
import FoveaSystem

/// How much of this machine's memory models may take.
struct MemoryForModels: Encodable {
    /// What the machine has, or its container.
    var limitBytes: Int?
    /// What search models may take of it.
    var bytes: Int
    /// For people: where it comes from.
    var origin: String

    /// The rest is for the other models, for pictures under way, and for whatever
    /// else runs here: a library's server and its database.
    private static let share = 0.6

    /// - Parameter budget: FOVEA_MEMORY_BUDGET.
    init(limit: MemoryLimit?, budget: Int?) {
        let limitBytes = limit.map { Int(clamping: $0.bytes) }
        self.limitBytes = limitBytes
        switch (limit, limitBytes, budget) {
        case (_, let limitBytes?, let budget?):
            bytes = min(limitBytes, budget)
            origin = "FOVEA_MEMORY_BUDGET"
        case (_, nil, let budget?):
            bytes = budget
            origin = "FOVEA_MEMORY_BUDGET"
        case (let limit?, let limitBytes?, nil):
            bytes = Int(Double(limitBytes) * Self.share)
            let place = limit.isOfControlGroup ? "container" : "machine"
            origin = "\(Int(Self.share * 100)) % of this \(place)'s \(ByteText.memory(limitBytes))"
        case (_, _, nil):
            bytes = .max
            origin = "unknown, so everything counts as fitting"
        }
    }
}
