/// A file `SHA256SUMS`, as `sha256sum` of GNU coreutils writes it: on each line
/// 64 hexadecimal digits, a space, a space or `*`, and a path.
package struct ChecksumList: Sendable, Hashable {
    package static let name = "SHA256SUMS"
    /// The longest that is read, in bytes.
    package static let longest = 1 << 20

    /// The digits in lower case, by path.
    package var sums: [String: String] = [:]

    /// - Throws: ``SourceFailure/hostile(_:)`` for a line of another form, or a
    ///   path that leads out of the folder.
    package init(_ text: String) throws {
        var paths: [String] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let digits = line.prefix(64)
            let rest = line.dropFirst(64)
            guard HubListing.isHex(String(digits), 64), rest.first == " ",
                let mark = rest.dropFirst().first, mark == " " || mark == "*"
            else { throw SourceFailure.hostile("a line in \(Self.name) that is no checksum and path") }
            var path = String(rest.dropFirst(2))
            if path.hasPrefix("./") { path.removeFirst(2) }
            paths.append(path)
            sums[path] = digits.lowercased()
        }
        if let fault = ListedPath.fault(of: paths) { throw SourceFailure.hostile(fault) }
        for path in paths where ListedPath.isHidden(path) || path == Self.name { sums[path] = nil }
    }
}
