/// What is known of a partial file: which version it is of, and which bytes of
/// it are there. Text, a line for each thing, so that adding one is a single
/// write and a line that was cut off is told by its missing end. Pure.
///
/// ```
/// fovea-download 1
/// boot 0f1e2d3c-…
/// bytes 1048576
/// hash SHA-256 0123…
/// etag "abc"
/// + 0 262144
/// = 0 262144
/// ```
///
/// `+` (offset, bytes) was written, and outlives the process; `=` is on the
/// disk, and outlives the machine.
package struct DownloadRecord: Sendable, Hashable {
    private static let title = "fovea-download 1"

    /// Which run of which machine it is of; what was only written counts for
    /// that one.
    package var boot: String?
    /// The file's size, where it is known.
    package var total: Int?
    /// The hash that the file has to have, as ``FileHash`` describes itself.
    package var hash: String?
    /// What the server calls this version of the file.
    package var etag: String?
    package var written: ByteRanges
    /// Those of ``written`` that are on the disk.
    package var synced: ByteRanges

    package init(
        boot: String?, total: Int?, hash: String?, etag: String?, written: ByteRanges = ByteRanges(),
        synced: ByteRanges = ByteRanges()
    ) {
        self.boot = boot
        self.total = total
        self.hash = hash
        self.etag = etag
        self.written = written
        self.synced = synced
    }

    /// Reads a record; `nil` if it is not one. What is damaged ends it.
    package init?(text: String) {
        // A last line without an end was being written.
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        guard lines.first.map(String.init) == Self.title else { return nil }
        self.init(boot: nil, total: nil, hash: nil, etag: nil)
        for line in lines.dropFirst() {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return }
            switch parts[0] {
            case "boot": boot = String(parts[1])
            case "bytes": total = Int(parts[1])
            case "hash": hash = String(parts[1])
            case "etag": etag = String(parts[1])
            case "+", "=":
                guard let range = Self.range(parts[1]) else { return }
                written.insert(range)
                if parts[0] == "=" { synced.insert(range) }
            default: return
            }
        }
    }

    private static func range(_ text: Substring) -> Range<Int>? {
        let numbers = text.split(separator: " ").map { Int($0) }
        guard numbers.count == 2, let offset = numbers[0], let count = numbers[1], offset >= 0, count > 0
        else { return nil }
        let (end, overflows) = offset.addingReportingOverflow(count)
        return overflows ? nil : offset..<end
    }

    package var text: String {
        let head = [("boot", boot), ("bytes", total.map(String.init)), ("hash", hash), ("etag", etag)]
            .compactMap { name, value in
                // A line's end in it would make two of one.
                value.flatMap { $0.contains(where: \.isNewline) ? nil : "\(name) \($0)\n" }
            }
        return Self.title + "\n" + head.joined()
            + written.ranges.map(Self.line(written:)).joined()
            + synced.ranges.map(Self.line(synced:)).joined()
    }

    package static func line(written range: Range<Int>) -> String { "+ \(range.lowerBound) \(range.count)\n" }
    package static func line(synced range: Range<Int>) -> String { "= \(range.lowerBound) \(range.count)\n" }

    /// Which bytes of a partial file can be gone on from.
    ///
    /// - Parameters:
    ///   - byteCount: how long the partial file is.
    ///   - boot: which run of which machine this is; `nil` if it is not known.
    package func usable(for file: RemoteFile, byteCount: Int, boot: String?) -> ByteRanges {
        guard hash == file.hash?.description, file.byteCount == nil || total == file.byteCount else {
            return ByteRanges()
        }
        // Neither tells two versions of the file apart.
        guard hash != nil || ETag.isStrong(etag ?? "") else { return ByteRanges() }
        let ranges = boot != nil && boot == self.boot ? written : synced
        return ranges.clipped(to: min(byteCount, total ?? .max))
    }
}
