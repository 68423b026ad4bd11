public import FoveaCore
public import Foundation

/// A model that is on disk, and where its files are.
public struct InstalledModel: Sendable, Hashable {
    public let id: ModelID
    /// The model's folder, shared by its parts: `<cache>/clip/ViT-B-32__openai/`.
    public let home: URL

    package init(id: ModelID, home: URL) {
        self.id = id
        self.home = home
    }

    /// This part's folder: `<home>/visual/`.
    public var folder: URL { home.appending(component: id.type.rawValue, directoryHint: .isDirectory) }

    /// The ONNX graph.
    public var graph: URL { folder.appending(component: "model.onnx") }

    /// Bytes of all files in this part's folder: the graph, its weights and
    /// what stands beside them.
    public var byteCount: Int {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey])
        return (files?.compactMap { $0 as? URL } ?? []).reduce(0) { sum, file in
            sum + ((try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0)
        }
    }

    /// Bytes of the graph and its weights for the engine that runs `model.onnx`:
    /// the files beside it, less such as other engines use.
    public var graphByteCount: Int {
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).reduce(0) { sum, file in
            guard !Self.otherFormats.contains(file.pathExtension) else { return sum }
            let values = try? file.resolvingSymlinksInPath().resourceValues(
                forKeys: [.fileSizeKey, .isRegularFileKey])
            return sum + (values?.isRegularFile == true ? values?.fileSize ?? 0 : 0)
        }
    }

    private static let otherFormats: Set<String> = ["armnn", "json", "rknn", "txt"]

    /// Reads one of the model's small files, or what `fovea-model.json` says in
    /// its stead where it is absent.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the file if it is
    ///   missing or unreadable, or the key that is wrong in `fovea-model.json`.
    public func read(_ file: ModelFile) throws -> [UInt8] {
        let url = url(of: file)
        if !FileManager.default.fileExists(atPath: url.path),
            let standIn = try description()?.standIn(for: file)
        {
            return standIn
        }
        do {
            return [UInt8](try Data(contentsOf: url))
        } catch {
            throw FoveaError(
                .modelInvalid,
                "Model \(id) is incomplete: \(url.path) cannot be read. Copy the model's files there again.",
                cause: error)
        }
    }

    /// Where one of the model's small files is, whether or not it exists.
    public func url(of file: ModelFile) -> URL {
        (file.isShared ? home : folder).appending(component: file.rawValue)
    }

    /// Whether one of the model's small files is there.
    public func has(_ file: ModelFile) -> Bool {
        FileManager.default.isReadableFile(atPath: url(of: file).path)
    }
}

/// A small file beside a graph that says how to use it.
public enum ModelFile: String, Sendable {
    /// open_clip's model configuration: the text tower's context length.
    case configuration = "config.json"
    /// How pictures are prepared for an image tower.
    case preprocessing = "preprocess_cfg.json"
    case tokenizer = "tokenizer.json"
    case tokenizerConfiguration = "tokenizer_config.json"
    /// The characters a text recogniser knows, where the graph does not say.
    case charset = "charset.txt"

    /// Whether the file is in the model's folder rather than in a part's.
    var isShared: Bool { self == .configuration }
}
