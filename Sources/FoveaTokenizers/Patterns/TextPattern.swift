/// What `Replace` and `Split` look for: a string or a regular expression.
enum TextPattern: Sendable {
    case string([Unicode.Scalar])
    case regex(RegexProgram, component: String)

    /// Reads `{"String": …}` or `{"Regex": …}`.
    init(_ reader: ComponentReader, _ key: String) throws {
        let field = ComponentReader(try reader.required(key), "\(reader.path).\(key)")
        if let string = try field.optionalString("String"), !string.isEmpty {
            self = .string(Array(string.unicodeScalars))
        } else {
            // An empty string matches everywhere, as an empty expression does.
            let pattern = try field.optionalString("String") ?? field.string("Regex")
            self = .regex(try RegexProgram(pattern, component: reader.path), component: reader.path)
        }
    }

    /// All matches in a text, in order and without overlap.
    func matches(in text: [Unicode.Scalar]) throws -> [Range<Int>] {
        switch self {
        case .regex(let program, let component):
            // Nobody looks at an empty text.
            if text.isEmpty { return [] }
            var matcher = RegexMatcher(program, text, component: component)
            return try matcher.matches()
        case .string(let string):
            var found: [Range<Int>] = []
            var position = 0
            while position + string.count <= text.count {
                if text[position] == string[0], text[position..<position + string.count].elementsEqual(string)
                {
                    found.append(position..<position + string.count)
                    position += string.count
                } else {
                    position += 1
                }
            }
            return found
        }
    }
}
