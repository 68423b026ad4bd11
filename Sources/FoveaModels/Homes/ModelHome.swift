public import FoveaCore
public import Foundation

/// The folder of a model that its parts share, whether or not it is there.
public struct ModelHome: Sendable, Hashable, Comparable {
    /// What the model is for.
    public let task: ModelTask
    /// The cleaned name.
    public let name: String
    /// Which exports; `main` has no folder level of its own.
    public let revision: String

    /// - Parameter name: as a client sends it; see ``ModelID/cleaned(_:)``.
    public init(_ task: ModelTask, name: String, revision: String = "main") {
        self.task = task
        self.name = ModelID.cleaned(name)
        self.revision = revision
    }

    /// Where a part's files are put.
    ///
    /// OCR models for one language share the detector of the model they are
    /// named after: that of `EN__PP-OCRv5_mobile` is `PP-OCRv5_mobile`'s.
    public init(of id: ModelID, revision: String = "main") {
        var name = id.name
        if id.task == .ocr, id.type == .detection, let prefix = name.range(of: "__") {
            name = String(name[prefix.upperBound...])
        }
        self.init(id.task, name: name, revision: revision)
    }

    /// `<cache>/<task>/<name>/`, and the revision's folder below it.
    public func folder(in cache: URL) -> URL { place(in: cache) }

    /// `<cache>/fovea/models/<task>/<name>/`, and the revision's folder below
    /// it: what Fovea notes down about the model.
    public func records(in cache: URL) -> URL {
        place(in: cache.appending(components: "fovea", "models", directoryHint: .isDirectory))
    }

    /// Whether it names a folder below the cache folder. Names that are cleaned
    /// lead nowhere else, but may be empty; revisions are only settings.
    public var isUsable: Bool {
        [name, revision].allSatisfy { text in
            !text.isEmpty && !text.hasPrefix(".") && text.utf8.count <= 200
                && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
        }
    }

    private func place(in folder: URL) -> URL {
        let model = folder.appending(components: task.rawValue, name, directoryHint: .isDirectory)
        return revision == "main" ? model : model.appending(component: revision, directoryHint: .isDirectory)
    }

    public static func < (one: Self, other: Self) -> Bool {
        (one.task.rawValue, one.name, one.revision) < (other.task.rawValue, other.name, other.revision)
    }
}

extension ModelHome: CustomStringConvertible {
    /// `clip/ViT-B-32__openai`, and the revision where it is not `main`.
    public var description: String {
        "\(task.rawValue)/\(name)" + (revision == "main" ? "" : " (\(revision))")
    }
}
