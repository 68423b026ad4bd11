/// Turns a JSON text into the nodes of a ``JSONDocument``: RFC 8259, strictly.
struct JSONParser {
    private(set) var nodes: [JSONDocument.Node] = []
    private let bytes: [UInt8]
    private var position = 0
    private static let deepest = 128

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parse() throws {
        guard bytes.count <= 1 << 30 else {
            throw TokenizerFault("JSON", "is larger than 1 GiB")
        }
        guard (try? UTF8Span(validating: bytes.span)) != nil else {
            throw TokenizerFault("JSON", "is not valid UTF-8")
        }
        nodes.reserveCapacity(bytes.count / 20 + 16)
        try value(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw unexpected("text behind the end") }
    }

    private func unexpected(_ what: String) -> TokenizerFault {
        TokenizerFault("JSON", "has \(what) at byte \(position)")
    }

    private func peek() -> UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws {
        guard depth < Self.deepest else { throw unexpected("nesting deeper than \(Self.deepest)") }
        skipWhitespace()
        switch peek() {
        case UInt8(ascii: "{"): try object(depth: depth)
        case UInt8(ascii: "["): try array(depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .true)
        case UInt8(ascii: "f"): try word("false", .false)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
    }

    private mutating func word(_ text: StaticString, _ kind: JSONDocument.Kind) throws {
        let start = position
        let matches = text.withUTF8Buffer { expected in
            start + expected.count <= bytes.count
                && bytes[start..<start + expected.count].elementsEqual(expected)
        }
        guard matches else { throw unexpected("no value") }
        position += text.utf8CodeUnitCount
        append(kind, start, position)
    }

    private mutating func append(_ kind: JSONDocument.Kind, _ start: Int, _ end: Int) {
        // `parse` has seen that all positions fit.
        nodes.append(.init(kind: kind, start: UInt32(start), end: UInt32(end)))
    }

    private mutating func array(depth: Int) throws {
        let index = nodes.count
        append(.array, position, 0)
        position += 1
        skipWhitespace()
        if peek() == UInt8(ascii: "]") {
            position += 1
        } else {
            repeat { try value(depth: depth + 1) } while try separator(UInt8(ascii: "]"))
        }
        nodes[index].end = UInt32(nodes.count)
    }

    private mutating func object(depth: Int) throws {
        let index = nodes.count
        append(.object, position, 0)
        position += 1
        skipWhitespace()
        if peek() == UInt8(ascii: "}") {
            position += 1
        } else {
            repeat {
                skipWhitespace()
                guard peek() == UInt8(ascii: "\"") else { throw unexpected("no key") }
                try string()
                skipWhitespace()
                guard peek() == UInt8(ascii: ":") else { throw unexpected("no colon") }
                position += 1
                try value(depth: depth + 1)
            } while try separator(UInt8(ascii: "}"))
        }
        nodes[index].end = UInt32(nodes.count)
    }

    /// Eats a comma (true) or the closing bracket (false).
    private mutating func separator(_ close: UInt8) throws -> Bool {
        skipWhitespace()
        let byte = peek()
        guard byte == close || byte == UInt8(ascii: ",") else {
            throw unexpected("neither a comma nor a closing bracket")
        }
        position += 1
        return byte != close
    }

    private mutating func string() throws {
        position += 1
        let start = position
        var kind = JSONDocument.Kind.string
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\"") {
                append(kind, start, position)
                position += 1
                return
            }
            if byte < 0x20 { throw unexpected("a control character in a string") }
            if byte == UInt8(ascii: "\\") {
                kind = .escapedString
                guard let length = JSONEscapes.length(bytes, at: position) else {
                    throw unexpected("a wrong escape")
                }
                position += length
            } else {
                position += 1
            }
        }
        throw unexpected("no closing quote")
    }

    private mutating func number() throws {
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        if peek() == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if peek() == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if peek() | 0x20 == UInt8(ascii: "e") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        append(.number, start, position)
    }

    private mutating func digits() throws {
        let start = position
        while position < bytes.count, bytes[position] &- 0x30 < 10 { position += 1 }
        guard position > start else { throw unexpected("no value") }
    }
}
