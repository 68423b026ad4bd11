package import FoveaCore
import FoveaDownload
package import FoveaModels
import Foundation

extension ModelLibrary {
    /// Gets what one part of a model needs; see ``pull(_:_:progress:)``.
    @discardableResult
    package func pull(
        _ id: ModelID, progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> PullResult {
        let home = ModelHome(of: id, revision: settings.revision)
        return try await pull(home, .types([id.type]), progress: progress)
    }

    /// Gets a model, or the rest of it, from the first source that has it.
    ///
    /// What is downloaded is kept: a call after one that failed, was cancelled
    /// or was killed goes on where that stopped. Of calls at the same time, in
    /// any process or host that shares the folder, one downloads and the others
    /// wait. Files appear in their places whole and verified, the graph last:
    /// without it, no model counts as installed.
    ///
    /// - Parameter progress: is told how far it is, on any thread; about once
    ///   for each megabyte.
    /// - Throws: ``FoveaError/Code/modelNotFound`` if there is no such model,
    ///   ``FoveaError/Code/modelUnavailable`` if it cannot be had or put there
    ///   now, with a ``SourceFailure`` or `SystemFault` as its cause;
    ///   ``FoveaError/Code/invalidSetting`` for a proxy that cannot be used;
    ///   `CancellationError`.
    @discardableResult
    package func pull(
        _ home: ModelHome, _ part: ModelPart,
        progress: @escaping @Sendable (PullProgress) -> Void = { _ in }
    ) async throws -> PullResult {
        guard home.isUsable else { throw PullFailure.unusable(home) }
        if let there = complete(home, part) { return there }
        var failures: [PullFailure.Attempt] = []
        for source in settings.sources {
            do {
                return try await pull(home, part, from: source, progress)
            } catch let failure as SourceFailure {
                failures.append(PullFailure.Attempt(source: source, failure: failure))
            } catch let fault as SystemFault {
                throw PullFailure.storage(home, in: cache, fault)
            }
        }
        throw PullFailure.sources(home, part, failures, in: cache)
    }

    /// What is there, if we completed that part before and no file of it is gone.
    private func complete(_ home: ModelHome, _ part: ModelPart) -> PullResult? {
        guard let manifest = manifest(of: home), manifest.has(part, of: home.task) else { return nil }
        let folder = folder(home)
        let types = part.types(of: home.task).map(\.rawValue)
        let files = manifest.files.filter { path, _ in
            part == .all || !path.contains("/") || types.contains { path.hasPrefix("\($0)/") }
        }
        for (path, entry) in files {
            guard folder.content(of: path) == .file(byteCount: entry.byteCount) else { return nil }
        }
        if part != .all {
            for type in types {
                guard case .file = folder.content(of: "\(type)/model.onnx") else { return nil }
            }
        }
        var result = PullResult()
        result.kept = files.keys.sorted()
        return result
    }

    private func pull(
        _ home: ModelHome, _ part: ModelPart, from source: ModelSource,
        _ progress: @escaping @Sendable (PullProgress) -> Void
    ) async throws -> PullResult {
        try await withListing(of: home, from: source, commit: nil, progress) { listing, downloader in
            let wanted = try WantedFiles.choose(from: listing, home.task, part, settings.formats)
            let lock = try await ModelLock.take(records(home), in: pool) {
                progress(PullProgress(home: home, phase: .waiting))
            }
            defer { withExtendedLifetime(lock) {} }
            // Whoever had the lock may have got it.
            if let there = complete(home, part) { return there }
            let transfer = Transfer(
                library: self, home: home, listing: listing, downloader: downloader, progress: progress)
            return try await transfer.run(wanted, completing: part)
        }
    }

    /// Asks a source what it has, and keeps the connection for what follows.
    func withListing<Result: Sendable>(
        of home: ModelHome, from source: ModelSource, commit: String?,
        _ progress: @Sendable (PullProgress) -> Void,
        _ body: (ModelListing, FileDownloader?) async throws -> Result
    ) async throws -> Result {
        let reader = SourceReader(settings: settings, pool: pool)
        guard let address = reader.address(of: source, for: home, commit: commit), !settings.isOffline else {
            return try await body(
                try await reader.list(source, home, commit: commit, with: nil), nil)
        }
        progress(PullProgress(home: home, phase: .asking))
        return try await Connection.open(to: address, variables: variables) { http in
            let downloader = FileDownloader(http: http, pool: pool, pause: pause)
            let small = FileDownloader(
                http: http, pool: pool, connections: 1, limit: HubListing.longest, pause: pause)
            let listing = try await reader.list(source, home, commit: commit, with: small)
            return try await body(listing, downloader)
        }
    }
}
