/// Paths in web addresses.
enum WebPath {
    /// A path with all but the unreserved characters of RFC 3986, 2.3, and the
    /// slashes between its components percent-encoded.
    static func encoded(_ path: String) -> String {
        path.utf8.reduce(into: "") { text, byte in
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            if isLetter || isDigit || "-._~/".utf8.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }

    /// As ``encoded(_:)``, for one component: slashes too.
    static func component(_ text: String) -> String {
        encoded(text).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "%2F")
    }
}
