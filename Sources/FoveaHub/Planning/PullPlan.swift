package import FoveaDownload

/// What to do about each wanted file. Pure.
package struct PullPlan: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        case fetch
        /// What is there is right, or nothing says that it is not.
        case keep
        /// What is there is another file, which did not come from us or was
        /// changed since.
        case leave
    }

    /// What is in a file's place.
    package struct Present: Sendable, Hashable {
        package var byteCount: Int
        /// `nil` where the size said enough.
        package var digests: FileDigests?

        package init(byteCount: Int, digests: FileDigests? = nil) {
            self.byteCount = byteCount
            self.digests = digests
        }
    }

    package private(set) var fetched: [ListedFile] = []
    package private(set) var kept: [ListedFile] = []
    package private(set) var left: [ListedFile] = []

    /// - Parameters:
    ///   - present: what is there, by path.
    ///   - manifest: what came from us.
    package init(_ files: [ListedFile], present: [String: Present], manifest: ModelManifest) {
        for file in files {
            switch Self.step(file, present: present[file.path], entry: manifest.files[file.path]) {
            case .fetch: fetched.append(file)
            case .keep: kept.append(file)
            case .leave: left.append(file)
            }
        }
    }

    /// Bytes to fetch, as far as sizes are known.
    package var bytes: Int { fetched.reduce(0) { $0 + ($1.byteCount ?? 0) } }

    package static func step(
        _ file: ListedFile, present: Present?, entry: ModelManifest.Entry?
    ) -> Step {
        guard let present else { return .fetch }
        let isSame: Bool =
            if let size = file.byteCount, size != present.byteCount {
                false
            } else if let hash = file.hash {
                present.digests?.match(hash) == true
            } else {
                true
            }
        if isSame { return .keep }
        // The source has another version of what we fetched once.
        if let entry, present.byteCount == entry.byteCount, present.digests?.sha256 == entry.sha256 {
            return .fetch
        }
        return .leave
    }

    /// Whether the step depends on more than the size of what is there.
    package static func needsDigests(_ file: ListedFile, byteCount: Int, entry: ModelManifest.Entry?) -> Bool
    {
        let mayBeListed = file.byteCount ?? byteCount == byteCount
        return mayBeListed && file.hash != nil || entry?.byteCount == byteCount
    }
}
