/// A hash that a file has to have, in hexadecimal digits.
package enum FileHash: Sendable, Hashable {
    case sha256(String)
    /// The name that git gives a file's contents: the SHA-1 of `blob`, a space,
    /// the size, a zero byte, and the contents (Pro Git, 10.2, "Object Storage").
    case gitBlob(String)

    /// The digits, in lower case.
    package var digits: String {
        switch self {
        case .sha256(let digits), .gitBlob(let digits): digits.lowercased()
        }
    }
}

extension FileHash: CustomStringConvertible {
    /// What kind it is, and the digits.
    package var description: String {
        switch self {
        case .sha256: "SHA-256 \(digits)"
        case .gitBlob: "git blob \(digits)"
        }
    }
}
