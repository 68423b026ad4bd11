public import FoveaCore
public import Foundation

/// The cache folder: where models are on disk.
///
/// The layout is Immich's, so that models which are already there are used:
///
/// ```
/// <folder>/<task>/<model>/[<revision>/]<type>/model.onnx
/// ```
///
/// Any folder that has the files is a model; there is no list of allowed
/// names. The store only ever reads.
public struct ModelStore: Sendable {
    /// The cache folder.
    public let folder: URL
    /// Which exports to use. `main` has no folder level of its own.
    public let revision: String

    public init(folder: URL, revision: String = "main") {
        self.folder = folder
        self.revision = revision
    }

    /// Finds a model's files.
    ///
    /// - Throws: ``FoveaError/Code/modelNotFound``, naming the folder looked
    ///   in and what to do. This is the one place that notices an absent
    ///   model.
    public func locate(_ id: ModelID) throws -> InstalledModel {
        let candidates = homes(of: id)
        for home in candidates {
            let model = InstalledModel(id: id, home: home)
            if FileManager.default.isReadableFile(atPath: model.graph.path) { return model }
        }
        throw notFound(id, lookedIn: candidates)
    }

    /// Every model in the cache folder, ordered by task, name and type.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` if the folder is there but
    ///   cannot be read. A folder that does not exist holds no models.
    public func installed() throws -> [InstalledModel] {
        try ModelTask.allCases.flatMap { task in
            try names(of: task).flatMap { name in
                task.types.compactMap { type in
                    let model = InstalledModel(
                        id: ModelID(task, type, name: name), home: home(task, name))
                    return FileManager.default.isReadableFile(atPath: model.graph.path) ? model : nil
                }
            }
        }
    }

    /// The folders that may hold the model, best first.
    ///
    /// OCR models for one language share the detector of the model they are
    /// named after: `EN__PP-OCRv5_mobile` reads lines that
    /// `PP-OCRv5_mobile` found.
    private func homes(of id: ModelID) -> [URL] {
        guard !id.name.isEmpty, !id.name.utf8.contains(0) else { return [] }
        var homes = [home(id.task, id.name)]
        if id.task == .ocr, id.type == .detection, let prefix = id.name.range(of: "__") {
            homes.append(home(id.task, String(id.name[prefix.upperBound...])))
        }
        return homes
    }

    private func home(_ task: ModelTask, _ name: String) -> URL {
        let model = folder.appending(components: task.rawValue, name, directoryHint: .isDirectory)
        return revision == "main" ? model : model.appending(component: revision, directoryHint: .isDirectory)
    }

    private func names(of task: ModelTask) throws -> [String] {
        let path = folder.appending(component: task.rawValue).path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        do {
            // A name that cleaning would change can never be asked for.
            return try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { ModelID.cleaned($0) == $0 }
                .sorted()
        } catch {
            throw FoveaError(
                .invalidSetting, "The models in \(path) cannot be listed: check the folder's permissions.",
                cause: error)
        }
    }

    private func notFound(_ id: ModelID, lookedIn homes: [URL]) -> FoveaError {
        guard let home = homes.first else {
            return FoveaError(
                .modelNotFound,
                "A model name is empty or has no usable characters: send the name of an installed model.")
        }
        let others =
            (try? installed())?
            .filter { $0.id.task == id.task && $0.id.type == id.type }.map(\.id.name) ?? []
        let list = others.map { "'\($0)'" }.joined(separator: ", ")
        let choice = others.isEmpty ? "" : ", or use one that is installed: \(list)"
        let hint = Catalogue.hint(for: id.name, task: id.task, others: others)
        return FoveaError(
            .modelNotFound,
            """
            Model '\(id.name)' is not installed for \(id.task.rawValue) \(id.type.rawValue): there is no readable \
            \(InstalledModel(id: id, home: home).graph.path). Put the model's files there\(choice).\(hint)
            """)
    }
}
