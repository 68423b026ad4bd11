import Crypto
import FoveaCore
import FoveaDownload
import FoveaModels
import Foundation

/// Gets files of a model and puts them in their places. The caller has the
/// model's lock.
struct Transfer: Sendable {
    let library: ModelLibrary
    let home: ModelHome
    let listing: ModelListing
    /// For files that are not local.
    let downloader: FileDownloader?
    let progress: @Sendable (PullProgress) -> Void

    private var folder: ModelFolder { library.folder(home) }
    /// Where files are until they are complete. On the same file system as
    /// their places, as a rule.
    private var partials: URL {
        library.records(home).appending(component: Self.partialsName, directoryHint: .isDirectory)
    }

    static let partialsName = ".partial"

    /// Gets what is missing of `wanted`, which is in the order of its placing.
    ///
    /// - Throws: ``SourceFailure``, `SystemFault`, ``FoveaError``.
    func run(_ wanted: [ListedFile], completing part: ModelPart) async throws -> PullResult {
        var manifest = library.manifest(of: home) ?? newManifest
        let present = try await present(wanted, manifest)
        let plan = PullPlan(wanted, present: present, manifest: manifest)
        let got = try await fetch(plan.fetched)
        for (file, copy) in got {
            manifest = try await place(copy, file, manifest, replaces: manifest.files[file.path] != nil)
        }
        manifest.complete(part, of: home.task)
        try await save(manifest)
        removePartials()
        ModelUse(cache: library.cache).touch(home)
        var result = PullResult(source: got.isEmpty ? nil : listing.source)
        result.fetched = got.map(\.0.path)
        result.kept = plan.kept.map(\.path)
        result.left = plan.left.map(\.path)
        result.byteCount = got.reduce(0) { $0 + $1.1.facts.byteCount }
        return result
    }

    var newManifest: ModelManifest {
        ModelManifest(task: home.task, name: home.name, revision: home.revision)
    }

    /// A file that is complete, and where it waits.
    struct Copy: Sendable {
        var url: URL
        var facts: DownloadedFile
    }

    /// Gets all files before the first one is placed, so that a model is changed
    /// only once all of its new version is there.
    func fetch(_ files: [ListedFile]) async throws -> [(ListedFile, Copy)] {
        guard !files.isEmpty else { return [] }
        try await library.pool.run { [partials] in try makeFolder(partials) }
        try checkRoom(for: files)
        let total = files.reduce(0) { $0 + ($1.byteCount ?? 0) }
        var done = 0
        var got: [(ListedFile, Copy)] = []
        for file in files {
            let report = { @Sendable [done, home, progress] (bytes: Int) in
                progress(
                    PullProgress(
                        home: home, phase: .downloading, bytes: done + bytes, total: max(total, done + bytes))
                )
            }
            do {
                let copy = try await fetch(file, report)
                done += copy.facts.byteCount
                got.append((file, copy))
            } catch SourceFailure.absent where file.isGuess {
                continue
            }
        }
        return got
    }

    private func fetch(_ file: ListedFile, _ report: @escaping @Sendable (Int) -> Void) async throws -> Copy {
        switch file.origin {
        case .local(let source):
            // Not the name of a download, which goes on in what is there: this
            // may be another name of the source's own file.
            let copy = partial(file, "copy")
            let facts = try await library.pool.run {
                try LocalCopy.make(of: source, at: copy, as: file, progress: report)
            }
            return Copy(url: copy, facts: facts)
        case .remote(let url, let headers):
            guard let downloader else { throw SourceFailure.unreachable("there is no connection to it") }
            let copy = partial(file, "part")
            let remote = RemoteFile(url: url, headers: headers, byteCount: file.byteCount, hash: file.hash)
            do {
                let facts = try await downloader.fetch(copy, from: remote, progress: report)
                if file.hash == nil { try await check(copy, file) }
                return Copy(url: copy, facts: facts)
            } catch let failure as DownloadFailure {
                throw failure.sourceFailure(for: file.path)
            }
        }
    }

    /// Where nothing says what a file hashes to: servers that answer everything
    /// with a page, as those of hotels do, are found out.
    private func check(_ copy: URL, _ file: ListedFile) async throws {
        let start = try await library.pool.run { try InputFile(copy).read(at: 0, count: 64) }
        let text = String(decoding: start, as: UTF8.self).lowercased().drop(while: \.isWhitespace)
        guard text.hasPrefix("<!doctype") || text.hasPrefix("<html") else { return }
        try? FileManager.default.removeItem(at: copy)
        throw SourceFailure.wrong("\(file.path) is a web page there, not a file of a model")
    }

    /// Puts a file in its place. What it is, is noted down before: were the
    /// process killed in between, it would still be known to be ours.
    func place(
        _ copy: Copy, _ file: ListedFile, _ manifest: ModelManifest, replaces: Bool
    ) async throws -> ModelManifest {
        var manifest = manifest
        manifest.files[file.path] = ModelManifest.Entry(
            byteCount: copy.facts.byteCount, sha256: copy.facts.sha256, etag: copy.facts.etag,
            source: listing.source, commit: listing.commit, date: library.now())
        try await save(manifest)
        try await library.pool.run { [folder] in
            try folder.put(copy.url, at: file.path, replaces: replaces)
        }
        return manifest
    }

    func save(_ manifest: ModelManifest) async throws {
        let url = library.records(home).appending(component: ModelManifest.name)
        let data = try manifest.encoded()
        try await library.pool.run { try replace(url, by: data) }
    }

    /// Removes what was fetched, for this version or another, and is not wanted
    /// any more: all that was, is in its place.
    private func removePartials() { try? FileManager.default.removeItem(at: partials) }

    private func partial(_ file: ListedFile, _ ending: String) -> URL {
        let key = SHA256.hash(data: Data("\(file.path)\n\(file.hash?.digits ?? listing.source)".utf8))
        let name = key.prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return partials.appending(component: "\(name).\(ending)")
    }

    /// What is in the files' places. Reads those that may be right, which takes
    /// about a second for each gigabyte.
    private func present(
        _ files: [ListedFile], _ manifest: ModelManifest
    ) async throws -> [String: PullPlan.Present] {
        var present: [String: PullPlan.Present] = [:]
        for file in files {
            present[file.path] = try await library.pool.run { [folder] in
                switch folder.content(of: file.path) {
                case .nothing: return nil
                // Of no size that a file has.
                case .other: return PullPlan.Present(byteCount: -1)
                case .file(let bytes):
                    let isRead = PullPlan.needsDigests(
                        file, byteCount: bytes, entry: manifest.files[file.path])
                    return PullPlan.Present(
                        byteCount: bytes, digests: isRead ? try? folder.digests(of: file.path) : nil)
                }
            }
        }
        return present
    }

    private func checkRoom(for files: [ListedFile]) throws {
        let needed = files.reduce(0) { sum, file in
            let values = try? partial(file, "part").resourceValues(forKeys: [.fileSizeKey])
            return sum + max(0, (file.byteCount ?? 0) - (values?.fileSize ?? 0))
        }
        guard let free = library.freeBytes(partials), free < needed else { return }
        throw PullFailure.noRoom(home, in: library.cache, needed: needed, free: free)
    }
}
