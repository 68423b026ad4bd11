import FoveaCore
package import FoveaModels
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What was removed, or would be.
package struct PruneResult: Sendable, Hashable {
    /// Models that were removed, and what they had.
    package var models: [PruneChoice.Candidate] = []
    /// Folders of ours that were of no more use.
    package var leftovers: [String] = []
    /// Bytes that came back.
    package var freed = 0
    /// Bytes that the cache folder takes now.
    package var remaining = 0
}

extension ModelLibrary {
    /// Removes models that Fovea got, those first that were not used for
    /// longest, until the cache folder is within a budget; and what is left of
    /// downloads that nobody goes on with, and of models that are gone.
    ///
    /// - Parameters:
    ///   - budget: bytes that all of the cache folder may take; `nil` for no limit.
    ///   - keeping: models that stay whatever the budget.
    ///   - isTrial: only tells what would be removed.
    /// - Throws: ``FoveaError/Code/modelNotFound`` if something cannot be removed.
    package func prune(
        budget: Int?, keeping: Set<ModelHome> = [], isTrial: Bool = false
    ) async throws -> PruneResult {
        var result = PruneResult()
        let date = now()
        let leftovers = Leftovers(cache: cache, now: date)
        try await removePartials(leftovers, isTrial, &result)
        let total = try await pool.run { [cache] in DiskUse.bytes(cache) }
        let candidates = try await pool.run { ours(now: date) }
        if let budget {
            let rest = isTrial ? total - result.freed : total
            let chosen = PruneChoice.choose(
                candidates, total: rest, budget: budget, keeping: keeping, now: date)
            for candidate in chosen {
                let bytes = isTrial ? candidate.byteCount : try await remove(candidate.home).byteCount
                guard bytes > 0 else { continue }
                result.models.append(candidate)
                result.freed += bytes
            }
        }
        let removed = result.models.map(\.home)
        let unused = try await pool.run { [cache] in
            let installed = Set(removed.map(\.revision)).union(["main"]).flatMap {
                (try? ModelStore(folder: cache, revision: $0).installed()) ?? []
            }.filter { !isTrial || !removed.contains(ModelHome(of: $0.id)) }
            return leftovers.packed() + leftovers.graphs(of: removed, installed: installed)
        }
        for item in unused {
            // A worker may still run what is gone from its place.
            if !isTrial { guard FolderUse.removeUnused(item.url) else { continue } }
            result.leftovers.append(item.url.path)
            result.freed += item.byteCount
        }
        result.remaining =
            isTrial ? total - result.freed : try await pool.run { [cache] in DiskUse.bytes(cache) }
        return result
    }

    private func removePartials(
        _ leftovers: Leftovers, _ isTrial: Bool, _ result: inout PruneResult
    ) async throws {
        let partials = try await pool.run { leftovers.partials() }
        for (records, item) in partials {
            if !isTrial {
                // Whoever has the lock is at it, however slow the download.
                let taken: ModelLock? = try? await pool.run { try ModelLock(records) }
                guard let lock = taken else { continue }
                withExtendedLifetime(lock) { try? FileManager.default.removeItem(at: item.url) }
                if FileManager.default.fileExists(atPath: item.url.path) { continue }
            }
            result.leftovers.append(item.url.path)
            result.freed += item.byteCount
        }
    }

    /// The models that Fovea got.
    private func ours(now: Date) -> [PruneChoice.Candidate] {
        let use = ModelUse(cache: cache)
        return KnownModels.all(in: cache).compactMap { home in
            guard let manifest = manifest(of: home) else { return nil }
            let folder = folder(home)
            let bytes = manifest.files.reduce(0) { sum, file in
                folder.content(of: file.key) == .file(byteCount: file.value.byteCount)
                    ? sum + file.value.byteCount : sum
            }
            let got = manifest.files.values.map(\.date).max() ?? .distantPast
            let last = max(use.lastUse(of: home, now: now) ?? .distantPast, min(got, now))
            return PruneChoice.Candidate(home: home, byteCount: bytes, lastUse: last)
        }
    }
}
