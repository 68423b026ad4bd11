/// Parses a regular expression in Oniguruma's Ruby syntax, which is what
/// tokenizer files are written in.
///
/// Not known, and refused: back references, subexpression calls, conditions,
/// script properties other than those of ``RegexParser/property(named:)``.
struct RegexParser {
    private let pattern: [Unicode.Scalar]
    private let component: String
    var position = 0
    private var depth = 0
    private var ignoresCase = false
    private var dotMatchesNewline = false
    private var isExtended = false

    /// - Parameter component: who asks, for the error.
    init(_ pattern: String, component: String) {
        self.pattern = Array(pattern.unicodeScalars)
        self.component = component
    }

    mutating func parse() throws -> RegexNode {
        guard pattern.count <= 1 << 16 else { throw fault("is longer than 65,536 characters") }
        let node = try alternation()
        guard atEnd else { throw fault("has a ) too many") }
        return node
    }

    func fault(_ problem: String) -> TokenizerFault {
        TokenizerFault(component, "has a regular expression that \(problem), near character \(position)")
    }

    var atEnd: Bool { position >= pattern.count }

    func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        position + offset < pattern.count ? pattern[position + offset] : nil
    }

    mutating func take() throws -> Unicode.Scalar {
        guard let scalar = peek() else { throw fault("ends too early") }
        position += 1
        return scalar
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard pattern[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func skip(while passes: (Unicode.Scalar) -> Bool) {
        while let scalar = peek(), passes(scalar) { position += 1 }
    }

    private mutating func alternation() throws -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 64 else { throw fault("nests more than 64 groups") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternation(branches)
    }

    private mutating func sequence() throws -> RegexNode {
        var nodes: [RegexNode] = []
        while let next = peek(), next != "|", next != ")" {
            if isExtended, skipExtended() { continue }
            if let node = try item() { nodes.append(node) }
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
    }

    /// Skips white space and comments in extended mode.
    private mutating func skipExtended() -> Bool {
        guard let next = peek() else { return false }
        if next == "#" {
            skip { $0 != "\n" }
            return true
        }
        guard next.isASCII, next.isWhitespace else { return false }
        position += 1
        return true
    }

    /// An atom with its quantifiers; nothing for a comment.
    private mutating func item() throws -> RegexNode? {
        guard var node = try atom() else { return nil }
        while let (min, max, braces) = try quantifier() {
            if take("?") {
                // {n}? means "n times or not at all" in Ruby.
                node =
                    braces && min == max
                    ? .repeat(.repeat(node, min: min, max: max, .greedy), min: 0, max: 1, .greedy)
                    : .repeat(node, min: min, max: max, .lazy)
            } else {
                // {n,m}+ is a + behind a quantifier there.
                let isPossessive = !braces && take("+")
                node = .repeat(node, min: min, max: max, isPossessive ? .possessive : .greedy)
            }
        }
        return node
    }

    /// `*`, `+`, `?`, `{n,m}`; a brace that opens no quantifier is a letter.
    private mutating func quantifier() throws -> (min: Int, max: Int, braces: Bool)? {
        switch peek() {
        case "*": position += 1; return (0, RegexNode.unlimited, false)
        case "+": position += 1; return (1, RegexNode.unlimited, false)
        case "?": position += 1; return (0, 1, false)
        case "{":
            let start = position
            position += 1
            let low = number()
            let comma = take(",")
            let high = comma ? number() : low
            guard take("}"), low != nil || high != nil else {
                position = start
                return nil
            }
            let min = low ?? 0
            let max = high ?? RegexNode.unlimited
            guard min <= max, Swift.max(min, high ?? 0) <= 100_000 else {
                throw fault("repeats too often or the wrong way round")
            }
            return (min, max, true)
        default: return nil
        }
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = peek()?.value, 0x30...0x39 ~= digit {
            value = min((value ?? 0) * 10 + Int(digit - 0x30), 1_000_000)
            position += 1
        }
        return value
    }

    private mutating func atom() throws -> RegexNode? {
        let scalar = try take()
        switch scalar {
        case "(": return try group()
        case "[": return .set(cased(try bracket()))
        case ".":
            return .set(ScalarSet(dotMatchesNewline ? [] : [.range(0xA...0xA)], negated: true))
        case "^": return .assertion(.lineStart)
        case "$": return .assertion(.lineEnd)
        case "\\": return try escape()
        case "*", "+", "?": throw fault("repeats nothing")
        default: return literal(scalar)
        }
    }

    func literal(_ scalar: Unicode.Scalar) -> RegexNode {
        ignoresCase ? .set(ScalarSet(scalar).caseInsensitive) : .scalar(scalar)
    }

    func cased(_ set: ScalarSet) -> ScalarSet {
        ignoresCase ? set.caseInsensitive : set
    }

    /// What follows an opening parenthesis.
    private mutating func group() throws -> RegexNode? {
        if take("?#") {
            while try take() != ")" {}
            return nil
        }
        let options = (ignoresCase, dotMatchesNewline, isExtended)
        let node: RegexNode
        if take("?=") {
            node = .look(try alternation(), behind: false, negative: false)
        } else if take("?!") {
            node = .look(try alternation(), behind: false, negative: true)
        } else if take("?<=") {
            node = .look(try alternation(), behind: true, negative: false)
        } else if take("?<!") {
            node = .look(try alternation(), behind: true, negative: true)
        } else if take("?>") {
            node = .atomic(try alternation())
        } else if take("?<") || take("?'") {
            skip { $0 != ">" && $0 != "'" }
            _ = try take()
            node = try alternation()
        } else if take("?") {
            try readOptions()
            // (?i) holds to the end of the group around it.
            if take(")") {
                let rest = try alternation()
                (ignoresCase, dotMatchesNewline, isExtended) = options
                return rest
            }
            guard take(":") else { throw fault("has an unknown group") }
            node = try alternation()
        } else {
            node = try alternation()
        }
        (ignoresCase, dotMatchesNewline, isExtended) = options
        guard take(")") else { throw fault("has an unclosed group") }
        return node
    }

    private mutating func readOptions() throws {
        var on = true
        while let scalar = peek(), scalar != ")", scalar != ":" {
            switch scalar {
            case "-": on = false
            case "i": ignoresCase = on
            case "m": dotMatchesNewline = on
            case "x": isExtended = on
            default: throw fault("has an unknown group")
            }
            position += 1
        }
    }
}
