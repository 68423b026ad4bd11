import FoveaDownload

/// Which files of a listing take the places of broken ones. Pure.
package enum RepairPlan {
    /// A replacement has the hash that the broken file should have: a newer
    /// version would not go with the model's other files. Where the source
    /// gives no hash, or another kind, what comes is held against the one that
    /// is known.
    package static func replacements(for broken: [FileVerdict], in listing: ModelListing) -> [ListedFile] {
        broken.compactMap { verdict in
            guard var file = listing.files.first(where: { $0.path == verdict.path }) else { return nil }
            if let expected = verdict.expectation {
                if let size = expected.byteCount, let listed = file.byteCount, size != listed { return nil }
                switch (expected.hash, file.hash) {
                case (.sha256(let one)?, .sha256(let other)?), (.gitBlob(let one)?, .gitBlob(let other)?):
                    if one.lowercased() != other.lowercased() { return nil }
                case (let hash?, _): file.hash = hash
                case (nil, _): break
                }
                file.byteCount = file.byteCount ?? expected.byteCount
            }
            return file
        }
    }
}
