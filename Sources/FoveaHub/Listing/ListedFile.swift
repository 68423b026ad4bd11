package import FoveaDownload
package import Foundation

/// A file of a model that a source has.
package struct ListedFile: Sendable, Hashable {
    /// Where it is had from.
    package enum Origin: Sendable, Hashable {
        case remote(url: String, headers: [String: String] = [:])
        case local(URL)
    }

    /// From the model's folder on, such as `visual/model.onnx`.
    package var path: String
    /// Its exact size, where the source says.
    package var byteCount: Int?
    /// Its hash, where the source says.
    package var hash: FileHash?
    package var origin: Origin
    /// Whether the source may turn out not to have it, which is no fault.
    package var isGuess: Bool

    package init(
        path: String, byteCount: Int? = nil, hash: FileHash? = nil, origin: Origin, isGuess: Bool = false
    ) {
        self.path = path
        self.byteCount = byteCount
        self.hash = hash
        self.origin = origin
        self.isGuess = isGuess
    }
}

/// What a source has of a model.
package struct ModelListing: Sendable, Hashable {
    /// Which source it was, for people.
    package var source: String
    /// The commit that the files are of, where the source has such.
    package var commit: String?
    package var files: [ListedFile]

    package init(source: String, commit: String? = nil, files: [ListedFile]) {
        self.source = source
        self.commit = commit
        self.files = files
    }
}
