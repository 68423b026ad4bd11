/// Which paths of members are accepted.
///
/// An archive's paths come from outside: `../../bin/sh` or `/etc/passwd` would
/// leave the folder that the archive is unpacked to (CWE-22).
package enum MemberPath {
    /// The longest path, in bytes. Wheels have up to about 200.
    private static let longest = 1024

    /// - Throws: ``ZipFault`` if the path is absolute, leads upwards, is empty
    ///   or has letters that no wheel has.
    package static func check(_ path: String) throws {
        guard !path.isEmpty, path.utf8.count <= longest else {
            throw ZipFault("it has a member with an empty or overlong name")
        }
        guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\\") }) else {
            throw ZipFault("it has a member with a backslash or a control character in its name")
        }
        guard !path.hasPrefix("/") else { throw ZipFault("it has a member with an absolute path: \(path)") }
        let folder = path.hasSuffix("/") ? path.dropLast() : path[...]
        let components = folder.split(separator: "/", omittingEmptySubsequences: false)
        guard components.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else {
            throw ZipFault("it has a member whose path leads elsewhere: \(path)")
        }
    }
}
