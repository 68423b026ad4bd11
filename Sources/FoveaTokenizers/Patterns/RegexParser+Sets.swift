extension RegexParser {
    /// What follows a backslash outside brackets.
    mutating func escape() throws -> RegexNode {
        let scalar = try take()
        switch scalar {
        case "A": return .assertion(.textStart)
        case "z": return .assertion(.textEnd)
        case "Z": return .assertion(.textEndOrLastNewline)
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.noWordBoundary)
        case "w": return .set(ScalarSet([.property(.bareWord)]))
        case "W": return .set(ScalarSet([.property(.bareWord)], negated: true))
        case "R":
            let newline = ScalarSet([.range(0xA...0xD), .range(0x85...0x85), .range(0x2028...0x2029)])
            return .atomic(.alternation([.sequence([.scalar("\r"), .scalar("\n")]), .set(newline)]))
        case "G", "K", "X", "k", "g", "1"..."9":
            throw fault("uses \\\(scalar), which is not supported")
        default:
            if let set = try shorthand(scalar) { return .set(cased(ScalarSet([set]))) }
            return literal(try escapedScalar(scalar))
        }
    }

    /// `\s`, `\d`, `\h`, `\p{…}` and their opposites.
    private mutating func shorthand(_ letter: Unicode.Scalar) throws -> ScalarSet.Part? {
        let parts: [ScalarSet.Part]
        switch letter {
        case "s", "S": parts = [.property(.whitespace)]
        case "d", "D": parts = [.categories(.decimalNumber)]
        case "w", "W": parts = [.property(.word)]
        case "h", "H": parts = [.range(0x30...0x39), .range(0x41...0x46), .range(0x61...0x66)]
        case "p", "P":
            guard take("{") else { throw fault("has a \\\(letter) without {…}") }
            let negated = take("^")
            var name = ""
            while let next = peek(), next != "}" {
                position += 1
                if next != " ", next != "_", next != "-" { name.unicodeScalars.append(next) }
            }
            guard take("}") else { throw fault("has an unclosed \\\(letter){") }
            return .nested(ScalarSet([try property(named: name)], negated: negated != (letter == "P")))
        default: return nil
        }
        return .nested(ScalarSet(parts, negated: letter.properties.isUppercase))
    }

    /// A property by its name in `\p{…}`: the general categories, and those
    /// of POSIX brackets.
    private func property(named name: String) throws -> ScalarSet.Part {
        if let categories = CategorySet(name: name) { return .categories(categories) }
        switch name.lowercased() {
        case "alphabetic": return .property(.alphabetic)
        case "lowercase": return .property(.lowercase)
        case "uppercase": return .property(.uppercase)
        case "whitespace": return .property(.whitespace)
        case "any": return .range(0...0x10FFFF)
        case "word": return .property(.bareWord)
        default:
            if name.lowercased() != "punct", let parts = posix(name.lowercased()) {
                return .nested(ScalarSet(parts))
            }
            throw fault("uses the property \(name), which is not supported")
        }
    }

    private func posix(_ name: String) -> [ScalarSet.Part]? {
        switch name {
        case "alpha": [.property(.alphabetic)]
        case "alnum": [.property(.alphabetic), .categories(.decimalNumber)]
        case "digit": [.categories(.decimalNumber)]
        case "space": [.property(.whitespace)]
        case "blank": [.range(9...9), .categories(CategorySet(.spaceSeparator))]
        case "cntrl": [.categories(.control)]
        case "upper": [.property(.uppercase)]
        case "lower": [.property(.lowercase)]
        case "punct": [.categories(.punctuation.union(.symbol))]
        case "graph": [.property(.graphic)]
        case "print": [.property(.graphic), .categories(CategorySet(.spaceSeparator))]
        case "word": [.property(.word)]
        case "xdigit": [.range(0x30...0x39), .range(0x41...0x46), .range(0x61...0x66)]
        case "ascii": [.range(0...0x7F)]
        default: nil
        }
    }

    /// What follows an opening bracket, up to and with the closing one.
    mutating func bracket(depth: Int = 0) throws -> ScalarSet {
        guard depth < 16 else { throw fault("nests more than 16 brackets") }
        let negated = take("^")
        var parts: [ScalarSet.Part] = []
        var operands: [ScalarSet] = []
        // A closing bracket that comes first is a letter.
        var isFirst = true
        while isFirst || !take("]") {
            if take("&&") {
                operands.append(ScalarSet(parts))
                parts = []
                continue
            }
            parts.append(try member(depth: depth))
            isFirst = false
        }
        return ScalarSet(parts, negated: negated, and: operands)
    }

    private mutating func member(depth: Int) throws -> ScalarSet.Part {
        let scalar = try take()
        if scalar == "[" {
            if peek() == ":", let part = try posixMember() { return part }
            return .nested(try bracket(depth: depth + 1))
        }
        var low = scalar
        if scalar == "\\" {
            let letter = try take()
            if let part = try shorthand(letter) { return part }
            low = letter == "b" ? "\u{8}" : try escapedScalar(letter)
        }
        // A range, unless the hyphen is the last member.
        guard peek() == "-", let next = peek(1), next != "]" else { return .range(low.value...low.value) }
        let start = position
        position += 1
        var high = try take()
        if high == "[" {
            position = start
            return .range(low.value...low.value)
        }
        if high == "\\" {
            let letter = try take()
            if "sSdDwWhHpP".unicodeScalars.contains(letter) {
                position = start
                return .range(low.value...low.value)
            }
            high = letter == "b" ? "\u{8}" : try escapedScalar(letter)
        }
        guard low <= high else { throw fault("has a range the wrong way round") }
        return .range(low.value...high.value)
    }

    /// `[:name:]` or `[:^name:]`, behind its first bracket.
    private mutating func posixMember() throws -> ScalarSet.Part? {
        let start = position
        position += 1
        let negated = take("^")
        var name = ""
        while let next = peek(), next.properties.isAlphabetic {
            name.unicodeScalars.append(next)
            position += 1
        }
        guard take(":]"), let parts = posix(name) else {
            position = start
            return nil
        }
        return .nested(ScalarSet(parts, negated: negated))
    }

    /// The character that an escape other than a set stands for.
    private mutating func escapedScalar(_ letter: Unicode.Scalar) throws -> Unicode.Scalar {
        switch letter {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "f": return "\u{C}"
        case "v": return "\u{B}"
        case "a": return "\u{7}"
        case "e": return "\u{1B}"
        case "x":
            if take("{") {
                let scalar = try hexadecimal(1...8)
                guard take("}") else { throw fault("has an unclosed \\x{") }
                return scalar
            }
            return try hexadecimal(1...2)
        case "u": return try hexadecimal(4...4)
        case "0":
            var value: UInt32 = 0
            for _ in 0..<2 {
                guard let digit = peek()?.value, 0x30...0x37 ~= digit else { break }
                value = value * 8 + digit - 0x30
                position += 1
            }
            return Unicode.Scalar(value) ?? "\0"
        default: return letter
        }
    }

    private mutating func hexadecimal(_ digits: ClosedRange<Int>) throws -> Unicode.Scalar {
        var value: UInt32 = 0
        var count = 0
        while count < digits.upperBound, let next = peek(), let digit = Character(next).hexDigitValue,
            next.isASCII
        {
            value = value << 4 | UInt32(digit)
            position += 1
            count += 1
        }
        guard digits.contains(count), let scalar = Unicode.Scalar(value) else {
            throw fault("has a wrong character number")
        }
        return scalar
    }
}
