package import Foundation

/// What is done about a network's compiled kernels.
package enum CachedNetwork: Equatable, Sendable {
    /// They are compiled with every load.
    case none
    /// They are read from this file.
    case use(URL)
    /// They are compiled and kept in this file.
    case make(URL)

    /// What is on disk.
    package struct File: Equatable, Sendable {
        package var size: Int
        package var modified: Date

        package init(size: Int, modified: Date) {
            self.size = size
            self.modified = modified
        }
    }

    /// `model.anncache` beside `model.armnn`, where Immich has it.
    package static func file(for model: URL) -> URL {
        model.deletingPathExtension().appendingPathExtension("anncache")
    }

    /// Decides without looking at anything.
    ///
    /// An empty file is what the replaced service leaves when a load fails, so
    /// it counts as none. One that is older than the model belongs to another.
    ///
    /// - Parameters:
    ///   - isPossible: whether the settings and Arm NN allow it at all.
    ///   - cached: what there is of the file; `nil` if nothing.
    ///   - modelModified: when the model was written, where that is known.
    package static func decide(
        for model: URL, isPossible: Bool, cached: File?, modelModified: Date?
    ) -> CachedNetwork {
        guard isPossible else { return .none }
        let file = file(for: model)
        guard let cached, cached.size > 0, cached.modified >= modelModified ?? .distantPast else {
            return .make(file)
        }
        return .use(file)
    }
}

extension CachedNetwork {
    /// Decides by what is on disk.
    init(for model: URL, isPossible: Bool) {
        let cached = Self.file(for: model).attributes
        self = Self.decide(
            for: model, isPossible: isPossible, cached: cached, modelModified: model.attributes?.modified)
    }
}

extension URL {
    fileprivate var attributes: CachedNetwork.File? {
        // Of what a link leads to, because downloads are often links.
        let path = resolvingSymlinksInPath().path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular,
            let size = attributes[.size] as? Int, let modified = attributes[.modificationDate] as? Date
        else { return nil }
        return CachedNetwork.File(size: size, modified: modified)
    }
}
