import FoveaCore
import FoveaDownload
package import FoveaModels
package import Foundation

/// What was done about a model's broken files.
package struct RepairResult: Sendable, Hashable {
    /// By path: where the broken file is now; `nil` where there was none.
    package var repaired: [String: URL?] = [:]
    /// Where the new files came from.
    package var sources: Set<String> = []
}

extension ModelLibrary {
    /// Replaces a model's broken files: such as have another size or hash than
    /// they should, or are missing.
    ///
    /// A broken file is set aside only once its replacement has been fetched and
    /// verified; without a network, everything is left as it is.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the files that are still
    ///   broken and why they could not be replaced; `CancellationError`.
    @discardableResult
    package func repair(
        _ home: ModelHome, progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> RepairResult {
        let before = try await verify(home)
        guard !before.isSound else { return RepairResult() }
        do {
            let lock = try await ModelLock.take(records(home), in: pool) {
                progress(PullProgress(home: home, phase: .waiting))
            }
            defer { withExtendedLifetime(lock) {} }
            // Whoever had the lock may have repaired it.
            var broken: [FileVerdict] = []
            for verdict in before.files where verdict.isBroken {
                let found = try await find(verdict.path, in: home, verdict.expectation)
                broken.append(FileVerdict(verdict.path, found, verdict.expectation))
            }
            return try await repair(broken.filter(\.isBroken), of: home, progress)
        } catch let fault as SystemFault {
            throw PullFailure.storage(home, in: cache, fault)
        }
    }

    private func repair(
        _ broken: [FileVerdict], of home: ModelHome,
        _ progress: @escaping @Sendable (PullProgress) -> Void
    ) async throws -> RepairResult {
        var result = RepairResult()
        var rest = broken.sorted { WantedFiles.rank($0.path) < WantedFiles.rank($1.path) }
        var failures: [PullFailure.Attempt] = []
        // Files of one commit go together. One that is not known is what the
        // revision stands for now.
        for source in settings.sources where !rest.isEmpty {
            for commit in Set(rest.map { source == .hub ? $0.expectation?.commit : nil }) {
                let files = rest.filter { source != .hub || $0.expectation?.commit == commit }
                do {
                    let done = try await repair(files, of: home, from: source, commit: commit, progress)
                    result.repaired.merge(done.repaired) { one, _ in one }
                    result.sources.formUnion(done.sources)
                    rest.removeAll { done.repaired.keys.contains($0.path) }
                } catch let failure as SourceFailure {
                    failures.append(PullFailure.Attempt(source: source, failure: failure))
                }
            }
        }
        guard rest.isEmpty else {
            throw PullFailure.unrepaired(home, rest, failures, folder: folder(home).url)
        }
        return result
    }

    private func repair(
        _ broken: [FileVerdict], of home: ModelHome, from source: ModelSource, commit: String?,
        _ progress: @escaping @Sendable (PullProgress) -> Void
    ) async throws -> RepairResult {
        try await withListing(of: home, from: source, commit: commit, progress) { listing, downloader in
            let replacements = RepairPlan.replacements(for: broken, in: listing)
            guard !replacements.isEmpty else {
                throw SourceFailure.absent("the version of \(broken.map(\.path).joined(separator: ", "))")
            }
            let transfer = Transfer(
                library: self, home: home, listing: listing, downloader: downloader, progress: progress)
            var manifest = self.manifest(of: home) ?? transfer.newManifest
            var result = RepairResult(sources: [listing.source])
            for (file, copy) in try await transfer.fetch(replacements) {
                let verdict = broken.first { $0.path == file.path }
                let aside = try await setAside(file.path, of: home, because: verdict?.description ?? "")
                manifest = try await transfer.place(copy, file, manifest, replaces: true)
                result.repaired[file.path] = .some(aside)
            }
            return result
        }
    }

    private func setAside(_ path: String, of home: ModelHome, because reason: String) async throws -> URL? {
        let date = now()
        return try await pool.run { [cache, folder = folder(home)] in
            guard folder.content(of: path) != .nothing else { return nil }
            return try SetAside(cache: cache, date: date)
                .keep(folder.place(of: path), of: home, path: path, because: reason)
        }
    }
}
