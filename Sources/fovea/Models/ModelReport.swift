import FoveaCore
import FoveaEngine
import FoveaModels
import Foundation

/// All that is known of a model, for `fovea models info` and `list --all`.
struct ModelReport: Encodable {
    var task, name: String
    var title: String?
    var family: String?
    var licence: Licence?
    var page: String?
    var note: String?
    var dimensions: Int?
    var pictureSize: Int?
    var tokenizer: TokenizerKind?
    var contextLength: Int?
    var downloadBytes: Int?
    var memoryBytes: Int?
    var gigaflops: Double?
    var languages: [String]?
    /// In percent, by language.
    var recall: [String: Double]?
    var quality: [QualityFigure]
    var formats: [ModelFormat]?
    var parts: [Part]
    /// What is wrong with its `fovea-model.json`.
    var problem: String?

    /// A part of it that is installed.
    struct Part: Encodable {
        var type, folder: String
        var bytes: Int
        var lastUse: Date?
        var files: [File]
        /// Where it was compared with the processor.
        var proofs: [Proof]
    }

    /// A file of it, by its path in the part's folder.
    struct File: Encodable {
        var path: String
        var bytes: Int
    }

    /// - Parameter proofs: of any models; those of others are left out.
    init(_ entry: ModelEntry, uses: ModelUses, proofs: [Proof] = [], listsFiles: Bool = false) {
        let known = entry.known
        var own: ModelDescription?
        do {
            // A detector may be another model's, which these are named after.
            let part = entry.installed.first { $0.home.pathComponents.contains(entry.name) }
            own = try part?.description()
        } catch {
            problem = (error as? FoveaError)?.message ?? "\(error)"
        }
        task = entry.task.rawValue
        name = entry.name
        title = own?.title
        family = known?.family
        // What the owner of the files says of them counts more than what is known of the name.
        licence = own?.license.map { Licence(ownersWord: $0) } ?? known?.licence
        page = known?.page
        note = known?.note
        dimensions = own?.dimensions ?? known?.dimensions
        pictureSize = own?.picture?.size ?? known?.pictureSize
        tokenizer = known?.tokenizer
        contextLength = own?.text?.contextLength ?? known?.contextLength
        downloadBytes = known?.downloadBytes
        memoryBytes = known?.memoryMiB.map { $0 << 20 }
        gigaflops = known?.gigaflops
        languages = own?.languages ?? known.flatMap { $0.languages.isEmpty ? nil : $0.languages }
        recall = known.flatMap { $0.recall.isEmpty ? nil : $0.recall }
        quality = (own?.quality.map { [$0] } ?? []) + (known?.quality ?? [])
        formats = known.map { model in ModelFormat.allCases.filter(model.formats.contains) }
        parts = entry.installed.map { model in
            Part(
                type: model.id.type.rawValue, folder: model.folder.path, bytes: model.byteCount,
                lastUse: uses.lastUse(of: model), files: listsFiles ? Self.files(in: model.folder) : [],
                proofs: proofs.filter { $0.model == model.id })
        }
    }

    private static func files(in folder: URL) -> [File] {
        let keys: Set<URLResourceKey> = [.fileSizeKey, .isRegularFileKey]
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: Array(keys))
        return (all?.compactMap { $0 as? URL } ?? []).compactMap { file in
            guard let values = try? file.resolvingSymlinksInPath().resourceValues(forKeys: keys),
                values.isRegularFile == true, let bytes = values.fileSize
            else { return nil }
            let path = file.pathComponents.dropFirst(folder.pathComponents.count).joined(separator: "/")
            return File(path: path, bytes: bytes)
        }.sorted { $0.path < $1.path }
    }
}
