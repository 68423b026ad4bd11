import AsyncHTTPClient
import FoveaCore
import FoveaDownload
import FoveaModels
import Foundation

/// Asks a source what it has of a model.
struct SourceReader: Sendable {
    let settings: HubSettings
    let pool: BlockingPool

    /// The start of the addresses that a source is asked by; `nil` for none.
    func address(of source: ModelSource, for home: ModelHome, commit: String?) -> String? {
        switch source {
        case .hub: isPPOCR(home, commit: commit) ? settings.ppocrEndpoint : settings.endpoint
        case .mirror(let address): address
        case .folder: nil
        }
    }

    /// - Parameters:
    ///   - commit: which one to ask for, instead of what the revision stands for now.
    ///   - downloader: for small answers.
    /// - Throws: ``SourceFailure``; `CancellationError`.
    func list(
        _ source: ModelSource, _ home: ModelHome, commit: String?, with downloader: FileDownloader?
    ) async throws -> ModelListing {
        if source.isRemote, settings.isOffline { throw SourceFailure.offline }
        switch (source, downloader) {
        case (.folder(let folder), _):
            let place = home.folder(in: folder)
            return try await pool.run { try FolderListing.read(place, named: folder.path) }
        case (.hub, let downloader?):
            if isPPOCR(home, commit: commit),
                let listing = PPOCRFiles.listing(of: home.name, endpoint: settings.ppocrEndpoint)
            {
                return listing
            }
            return try await askHub(home, commit: commit, with: downloader)
        case (.mirror(let address), let downloader?):
            return try await askMirror(address, home, with: downloader)
        case (_, nil): throw SourceFailure.unreachable("there is no connection to it")
        }
    }

    private func isPPOCR(_ home: ModelHome, commit: String?) -> Bool {
        home.task == .ocr && home.revision == "main" && commit == nil
            && !PPOCRFiles.files(of: home.name).isEmpty
    }

    private func askHub(
        _ home: ModelHome, commit: String?, with downloader: FileDownloader
    ) async throws -> ModelListing {
        let repository = "\(settings.organization)/\(home.name)"
        // Letters that no repository has need no question, wherever the name came from.
        guard home.name.utf8.count <= 96,
            home.name.utf8.allSatisfy({
                $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                    || Character(Unicode.Scalar($0)).isASCII && Character(Unicode.Scalar($0)).isLetter
                    || Character(Unicode.Scalar($0)).isWholeNumber
            })
        else { throw SourceFailure.absent("\(repository), which is no name of a repository") }
        let headers = settings.token.map { ["authorization": "Bearer \($0)"] } ?? [:]
        let revision = commit ?? home.revision
        let url = """
            \(settings.endpoint)/api/models/\(WebPath.encoded(repository))/revision/\
            \(WebPath.component(revision))?blobs=true
            """
        let what = "\(repository) at revision \(revision) on \(settings.endpoint)"
        let json: Data
        do {
            json = try await document(url, headers, for: what, atMost: HubListing.longest, with: downloader)
        } catch SourceFailure.denied(401, let code) where code != "GatedRepo" && settings.token == nil {
            // To those whom it does not know, the hub does not tell whether there is one of that name.
            throw SourceFailure.absent("\(what), or shows it only to those who have a token (HF_TOKEN)")
        }
        let answer = try HubListing(json)
        // By commit, so that all files are of one, whatever is published meanwhile.
        let place = WebPath.component(answer.commit ?? revision)
        return ModelListing(
            source: "\(settings.endpoint)/\(repository)", commit: answer.commit,
            files: answer.files.map { file in
                let url = """
                    \(settings.endpoint)/\(WebPath.encoded(repository))/resolve/\(place)/\
                    \(WebPath.encoded(file.path))
                    """
                return ListedFile(
                    path: file.path, byteCount: file.byteCount, hash: file.hash,
                    origin: .remote(url: url, headers: headers))
            })
    }

    private func askMirror(
        _ address: String, _ home: ModelHome, with downloader: FileDownloader
    ) async throws -> ModelListing {
        let path = [home.task.rawValue, home.name] + (home.revision == "main" ? [] : [home.revision])
        let place = ([address] + path.map(WebPath.component)).joined(separator: "/")
        do {
            let data = try await document(
                "\(place)/\(ChecksumList.name)", [:], for: place, atMost: ChecksumList.longest,
                with: downloader)
            let list = try ChecksumList(String(decoding: data, as: UTF8.self))
            return ModelListing(source: address, files: MirrorListing.files(list, at: place))
        } catch SourceFailure.absent {
            return ModelListing(source: address, files: MirrorListing.guesses(home.task, at: place))
        }
    }

    /// Fetches something small, by the downloader's rules on attempts, redirects
    /// and tokens.
    private func document(
        _ url: String, _ headers: [String: String], for what: String, atMost limit: Int,
        with downloader: FileDownloader
    ) async throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(
            component: "fovea-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(component: "answer")
        do {
            let got = try await downloader.fetch(file, from: RemoteFile(url: url, headers: headers))
            guard got.byteCount <= limit else { throw DownloadFailure.tooLarge(limit: limit) }
        } catch let failure as DownloadFailure {
            throw failure.sourceFailure(for: what)
        }
        return try Data(contentsOf: file)
    }
}
