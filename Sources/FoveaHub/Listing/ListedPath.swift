/// Which paths of a listing are accepted.
///
/// A source's paths come from outside: `../../.bashrc` or `/etc/passwd` would
/// leave the model's folder (CWE-22).
package enum ListedPath {
    /// The longest path, in bytes. The longest that are known have 60.
    package static let longest = 512
    /// The most files. Repositories have up to 60; this leaves room for models
    /// whose weights are one file for each tensor.
    package static let most = 10_000

    /// What is wrong with a path; `nil` for nothing.
    package static func fault(of path: String) -> String? {
        guard !path.isEmpty, path.utf8.count <= longest else { return "an empty or overlong file name" }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
            return "a file name with a backslash or a control character"
        }
        guard !path.hasPrefix("/") else { return "a file with an absolute path: \(path)" }
        // By bytes: to a string, a `/` before a combining mark is no `/`.
        let components = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard components.allSatisfy({ $0.count <= 255 && !["", ".", ".."].contains(String(Substring($0))) })
        else { return "a file whose path leads elsewhere: \(path)" }
        return nil
    }

    /// Whether it is about the repository rather than the model, or among the
    /// downloaders' own notes: a name that begins with a dot.
    package static func isHidden(_ path: String) -> Bool {
        path.utf8.split(separator: UInt8(ascii: "/")).contains { $0.first == UInt8(ascii: ".") }
    }

    /// What is wrong with all paths together; `nil` for nothing.
    package static func fault(of paths: [String]) -> String? {
        guard paths.count <= most else { return "\(paths.count) files, of which \(most) are allowed" }
        for path in paths { if let fault = fault(of: path) { return fault } }
        var files: Set<String> = []
        for path in paths where !files.insert(path).inserted { return "two files named \(path)" }
        for path in paths {
            var folder = path[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                if files.contains(String(folder)) { return "\(folder) as a file and as a folder" }
            }
        }
        return nil
    }
}
