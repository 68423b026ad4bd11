/// What a part's header says about it.
package struct PartHeader: Sendable, Equatable {
    /// The field's name; `nil` where the header gives none.
    package var name: String?
    /// Whether the part is a file, which it is as soon as it has a file name,
    /// be it an empty one.
    package var isFile: Bool

    package init(name: String?, isFile: Bool) {
        self.name = name
        self.isFile = isFile
    }
}

extension PartHeader {
    /// Reads a header line by line.
    struct Builder {
        /// Bytes read so far, line ends included.
        private(set) var size = 0
        private var count = 0
        private var disposition: HeaderParameters?

        mutating func add(line: String) throws(MultipartParser.Failure) {
            size += line.utf8.count + 2
            count += 1
            guard count <= MultipartParser.maximumHeaderCount else {
                throw MultipartParser.Failure(
                    reason:
                        "The header of a multipart part has more than \(MultipartParser.maximumHeaderCount) lines."
                )
            }
            guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), Self.isToken(line.utf8[..<colon])
            else {
                throw MultipartParser.Failure(
                    reason: "The header of a multipart part has a line that is not 'Name: value'.")
            }
            if line[..<colon].lowercased() == "content-disposition" {
                disposition = HeaderParameters(String(line[line.utf8.index(after: colon)...]))
            }
        }

        func build() -> PartHeader {
            PartHeader(
                name: disposition?["name"],
                isFile: disposition?["filename"] != nil || disposition?["filename*"] != nil)
        }

        /// Whether the text is a header's name (RFC 9110 §5.6.2).
        private static func isToken(_ text: Substring.UTF8View) -> Bool {
            !text.isEmpty
                && text.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        true
                    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                    }
                }
        }
    }
}
