package import FoveaModels
package import Foundation

/// Which models are removed to keep within a budget. Pure.
package enum PruneChoice {
    /// A model that Fovea got.
    package struct Candidate: Sendable, Hashable {
        package var home: ModelHome
        /// Bytes that come back if it is removed.
        package var byteCount: Int
        /// When it was last loaded, or got.
        package var lastUse: Date

        package init(home: ModelHome, byteCount: Int, lastUse: Date) {
            self.home = home
            self.byteCount = byteCount
            self.lastUse = lastUse
        }
    }

    /// Chooses those that were not used for longest, until the rest is within
    /// the budget; of those used at the same time, the larger first.
    ///
    /// - Parameters:
    ///   - total: bytes that the cache folder takes, whoever's they are.
    ///   - keeping: models that are not removed.
    ///   - now: dates after it come from clocks that are ahead, and count as now.
    package static func choose(
        _ candidates: [Candidate], total: Int, budget: Int, keeping: Set<ModelHome> = [], now: Date
    ) -> [Candidate] {
        var rest = total
        var chosen: [Candidate] = []
        let order = candidates.filter { !keeping.contains($0.home) && $0.byteCount > 0 }.sorted {
            let dates = (min($0.lastUse, now), min($1.lastUse, now))
            if dates.0 != dates.1 { return dates.0 < dates.1 }
            return $0.byteCount != $1.byteCount ? $0.byteCount > $1.byteCount : $0.home < $1.home
        }
        for candidate in order {
            guard rest > budget else { break }
            chosen.append(candidate)
            rest -= candidate.byteCount
        }
        return chosen
    }
}
