import FoveaCore
import FoveaDownload
package import FoveaModels
import Foundation

/// What a model's files were found to be.
package struct ModelVerification: Sendable, Hashable {
    package var home: ModelHome
    /// In the order of their paths.
    package var files: [FileVerdict]
    /// Why no source was asked about files of which nothing else is known.
    package var remark: String?

    /// Whether no file should be replaced.
    package var isSound: Bool { files.allSatisfy { !$0.isBroken } }
}

extension ModelLibrary {
    /// Compares a model's files with what they should be. Changes nothing.
    /// Reads them all: about a second for each gigabyte.
    ///
    /// What a file should be says the manifest, else what Immich's downloader
    /// noted down, else a source, if it may be asked.
    ///
    /// - Parameters:
    ///   - asksSources: whether to ask about files of which nothing is known.
    ///   - progress: is told the bytes that were read.
    /// - Throws: `CancellationError`.
    package func verify(
        _ home: ModelHome, asksSources: Bool = true, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> ModelVerification {
        guard home.isUsable else { throw PullFailure.unusable(home) }
        let expected = try await expectations(of: home)
        let paths = try await pool.run { [folder = folder(home)] in
            Set(expected.keys).union(folder.files()).sorted()
        }
        var files: [FileVerdict] = []
        var read = 0
        for path in paths {
            let found = try await find(path, in: home, expected[path]) { [read] in progress(read + $0) }
            if case .file(let bytes, _) = found { read += bytes }
            files.append(FileVerdict(path, found, expected[path]))
        }
        var verification = ModelVerification(home: home, files: files)
        if asksSources, files.contains(where: { $0.state == .unknown }) {
            try await ask(about: &verification)
        }
        return verification
    }

    /// What is known without a network.
    private func expectations(of home: ModelHome) async throws -> [String: FileVerdict.Expectation] {
        let manifest = manifest(of: home)
        let records = try await pool.run { [url = folder(home).url] in DownloaderRecord.all(in: url) }
        var expected = records.compactMapValues { record in
            record.hash.map {
                FileVerdict.Expectation(hash: $0, witness: .downloader, commit: record.commit)
            }
        }
        for (path, entry) in manifest?.files ?? [:] {
            expected[path] = FileVerdict.Expectation(
                byteCount: entry.byteCount, hash: .sha256(entry.sha256), witness: .manifest,
                commit: entry.commit)
        }
        return expected
    }

    func find(
        _ path: String, in home: ModelHome, _ expectation: FileVerdict.Expectation?,
        progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> FileVerdict.Found {
        try await pool.run { [folder = folder(home)] in
            switch folder.content(of: path) {
            case .nothing: return .nothing
            case .other: return .unreadable("it is no file, or a link to nothing")
            case .file(let bytes):
                guard expectation?.hash != nil, expectation?.byteCount ?? bytes == bytes else {
                    return .file(byteCount: bytes, digests: nil)
                }
                do {
                    var read = 0
                    let digests = try FileDigests(of: folder.place(of: path)) {
                        read += $0
                        progress(read)
                    }
                    return .file(byteCount: digests.byteCount, digests: digests)
                } catch {
                    return .unreadable("\(error)")
                }
            }
        }
    }

    /// Asks the sources, in order, until one knows the model.
    private func ask(about verification: inout ModelVerification) async throws {
        let home = verification.home
        var remarks: [String] = []
        for source in settings.sources {
            do {
                let listing = try await withListing(of: home, from: source, commit: nil, { _ in }) {
                    listing, _ in
                    listing
                }
                let listed = Dictionary(
                    listing.files.map { ($0.path, $0) }, uniquingKeysWith: { one, _ in one })
                for (index, verdict) in verification.files.enumerated() where verdict.state == .unknown {
                    guard let file = listed[verdict.path], !file.isGuess, file.hash != nil else { continue }
                    let expectation = FileVerdict.Expectation(
                        byteCount: file.byteCount, hash: file.hash, witness: .source, commit: listing.commit)
                    let found = try await find(verdict.path, in: home, expectation)
                    verification.files[index] = FileVerdict(verdict.path, found, expectation)
                }
                return
            } catch let failure as SourceFailure {
                remarks.append("\(source): \(failure)")
            }
        }
        verification.remark = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
    }
}
