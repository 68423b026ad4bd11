package import FoveaCore

/// Which files of a listing are wanted. Pure.
package enum WantedFiles {
    /// Chooses files, in the order in which they are to be put in their places:
    /// graphs last, because a model counts as installed by them.
    ///
    /// Of a type that is the files of its folder, external weights among them,
    /// and the configuration that the model's parts share.
    ///
    /// - Throws: ``SourceFailure/absent(_:)`` if there is no graph for a type
    ///   that is wanted, or none at all.
    package static func choose(
        from listing: ModelListing, _ task: ModelTask, _ part: ModelPart, _ formats: ModelFormats
    ) throws -> [ListedFile] {
        let types = part.types(of: task)
        let graphs = Set(listing.files.map(\.path))
        let there = types.filter { graphs.contains("\($0.rawValue)/model.onnx") }
        if part != .all, let missing = types.first(where: { !there.contains($0) }) {
            throw SourceFailure.absent("\(missing.rawValue)/model.onnx")
        }
        guard !there.isEmpty else { throw SourceFailure.absent("a model.onnx") }
        let chosen = listing.files.filter { file in
            guard formats.include(file.path), !isWritten(file.path) else { return false }
            if part == .all { return true }
            return file.path == "config.json"
                || there.contains { file.path.hasPrefix("\($0.rawValue)/") }
        }
        return chosen.enumerated().sorted { one, other in
            (rank(one.element.path), one.offset) < (rank(other.element.path), other.offset)
        }.map(\.element)
    }

    /// What engines write beside a graph, which is no part of a model: folders
    /// of compiled graphs, and tuning.
    package static func isWritten(_ path: String) -> Bool {
        let components = path.split(separator: "/")
        guard let name = components.last else { return true }
        let endings = [".anncache", ".lock", ".new", ".tmp"]
        let folders: Set<Substring> = ["openvino", "migraphx", "coreml"]
        return endings.contains { name.hasSuffix($0) }
            || components.dropLast().contains { folders.contains($0) }
    }

    /// Graphs go last, those of ONNX Runtime behind those of other engines.
    static func rank(_ path: String) -> Int {
        switch path.split(separator: "/").last {
        case "model.onnx": 2
        case "model.armnn", "model.rknn": 1
        default: 0
        }
    }
}
