/// Reads `application/x-www-form-urlencoded` bodies.
enum URLEncodedForm {
    /// Hands every field of `body` to `collector`, none of them a file.
    static func collect(_ body: [UInt8], into collector: inout FormCollector) throws(HTTPProblem) {
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(decoding: decoded(halves[0]), as: UTF8.self)
            try collector.begin(PartHeader(name: name, isFile: false))
            let value = halves.count > 1 ? decoded(halves[1]) : []
            try collector.append(value)
            collector.end()
        }
    }

    /// Resolves `+` and `%xx`; an escape that is none stays as it is.
    private static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                if index + 2 < text.endIndex, let high = digit(text[index + 1]),
                    let low = digit(text[index + 2])
                {
                    bytes.append(high << 4 | low)
                    index += 2
                } else {
                    bytes.append(text[index])
                }
            default: bytes.append(text[index])
            }
            index += 1
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
