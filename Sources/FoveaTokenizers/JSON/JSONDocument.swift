/// A JSON text, parsed into one flat array of nodes.
///
/// A multilingual tokenizer file has 750,000 values. A tree of objects takes
/// seconds to build; this takes 12 bytes a value, leaves strings and numbers
/// where they are in the text, and decodes them when somebody asks.
final class JSONDocument: Sendable {
    enum Kind: UInt8 {
        case null, `true`, `false`, number
        /// A string without and with backslash escapes.
        case string, escapedString
        case array, object
    }

    /// One value. Containers are followed by their descendants, in order; an
    /// object's are key, value, key, value.
    struct Node {
        var kind: Kind
        /// Where the text of a scalar starts (strings: behind the quote).
        var start: UInt32
        /// Scalars: where the text ends. Containers: the index of the first
        /// node that is no descendant.
        var end: UInt32
    }

    let bytes: [UInt8]
    let nodes: [Node]

    /// Parses a whole text.
    ///
    /// - Throws: ``TokenizerFault`` on anything that is not valid JSON in
    ///   valid UTF-8, on nesting deeper than 128, and on texts over 1 GiB.
    init(_ bytes: [UInt8]) throws {
        var parser = JSONParser(bytes)
        try parser.parse()
        nodes = parser.nodes
        self.bytes = bytes
    }

    /// The outermost value.
    var root: JSONValue { JSONValue(document: self, index: 0) }

    /// The index of the node that follows a value and its descendants.
    func next(after index: Int) -> Int {
        let node = nodes[index]
        return node.kind == .array || node.kind == .object ? Int(node.end) : index + 1
    }

    /// Appends a string's UTF-8, without its escapes.
    func appendString(at index: Int, to buffer: inout [UInt8]) {
        let node = nodes[index]
        let start = Int(node.start)
        let end = Int(node.end)
        if node.kind == .string {
            buffer.append(contentsOf: bytes[start..<end])
        } else {
            JSONEscapes.appendDecoded(bytes[start..<end], to: &buffer)
        }
    }
}

/// One value of a ``JSONDocument``.
struct JSONValue {
    let document: JSONDocument
    let index: Int

    var kind: JSONDocument.Kind { document.nodes[index].kind }
    var isNull: Bool { kind == .null }
    var isString: Bool { kind == .string || kind == .escapedString }

    /// A string's UTF-8, or `nil` for other values.
    var utf8: [UInt8]? {
        guard isString else { return nil }
        var buffer: [UInt8] = []
        document.appendString(at: index, to: &buffer)
        return buffer
    }

    /// A string's text, or `nil` for other values.
    var string: String? { utf8.map { String(decoding: $0, as: UTF8.self) } }

    /// A boolean, or `nil` for other values.
    var bool: Bool? {
        switch kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    /// A number as tokenizers read it, or `nil` for other values and for
    /// numbers out of range.
    var double: Double? {
        kind == .number ? JSONNumber.double(text) : nil
    }

    /// A whole, non-negative number, or `nil` for other values.
    var unsigned: UInt64? {
        kind == .number ? JSONNumber.unsigned(text) : nil
    }

    private var text: ArraySlice<UInt8> {
        let node = document.nodes[index]
        return document.bytes[Int(node.start)..<Int(node.end)]
    }

    /// An array's elements or `nil` for other values.
    var elements: [JSONValue]? {
        guard kind == .array else { return nil }
        var result: [JSONValue] = []
        var child = index + 1
        let end = document.next(after: index)
        while child < end {
            result.append(JSONValue(document: document, index: child))
            child = document.next(after: child)
        }
        return result
    }

    /// Calls `body` with each key and value of an object, in order, and with
    /// nothing where this is another kind of value.
    func forEachMember(_ body: (_ key: JSONValue, _ value: JSONValue) throws -> Void) rethrows {
        guard kind == .object else { return }
        var child = index + 1
        let end = document.next(after: index)
        while child < end {
            let key = JSONValue(document: document, index: child)
            let value = JSONValue(document: document, index: child + 1)
            try body(key, value)
            child = document.next(after: value.index)
        }
    }

    /// An object's member; of several with one key, the last.
    subscript(key: String) -> JSONValue? {
        var found: JSONValue?
        let wanted = Array(key.utf8)
        forEachMember { name, value in
            if name.utf8 == wanted { found = value }
        }
        return found
    }
}
