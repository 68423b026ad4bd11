extension StructuredField {
    /// Reads a list; `nil` where any of it is malformed, as RFC 9651, 4.2
    /// demands, or of a kind that Fovea's headers do not use.
    package static func list(_ text: String) -> [Member]? {
        var parser = Parser(rest: Array(text.utf8)[...])
        return try? parser.list()
    }

    private struct Malformed: Error {}

    private struct Parser {
        var rest: ArraySlice<UInt8>

        mutating func list() throws(Malformed) -> [Member] {
            var members: [Member] = []
            skip(" ")
            while !rest.isEmpty {
                members.append(Member(item: try item(), parameters: try parameters()))
                skip(" ", "\t")
                if rest.isEmpty { break }
                guard take(",") else { throw Malformed() }
                skip(" ", "\t")
                // A comma at the end lacks its member.
                if rest.isEmpty { throw Malformed() }
            }
            return members
        }

        private mutating func parameters() throws(Malformed) -> [String: Item] {
            var parameters: [String: Item] = [:]
            while take(";") {
                skip(" ")
                let key = try key()
                // Without a value it is true; of two alike, the last counts.
                parameters[key] = take("=") ? try item() : .boolean(true)
            }
            return parameters
        }

        private mutating func key() throws(Malformed) -> String {
            guard let first = rest.first, isLowercase(first) || first == UInt8(ascii: "*") else {
                throw Malformed()
            }
            let key = rest.prefix { isLowercase($0) || isDigit($0) || "_-.*".utf8.contains($0) }
            rest = rest[key.endIndex...]
            return String(decoding: key, as: UTF8.self)
        }

        private mutating func item() throws(Malformed) -> Item {
            if take("\"") { return .string(try string()) }
            if take("?") {
                if take("1") { return .boolean(true) }
                guard take("0") else { throw Malformed() }
                return .boolean(false)
            }
            return .integer(try integer())
        }

        private mutating func integer() throws(Malformed) -> Int {
            let isNegative = take("-")
            let digits = rest.prefix(while: isDigit)
            guard (1...15).contains(digits.count), let value = Int(String(decoding: digits, as: UTF8.self))
            else { throw Malformed() }
            rest = rest[digits.endIndex...]
            return isNegative ? -value : value
        }

        private mutating func string() throws(Malformed) -> String {
            var text: [UInt8] = []
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "\""):
                    guard let string = StructuredField.decoded(text) else { throw Malformed() }
                    return string
                case UInt8(ascii: "\\"):
                    guard let next = rest.popFirst(), "\"\\".utf8.contains(next) else { throw Malformed() }
                    text.append(next)
                case 0x20...0x7E: text.append(byte)
                default: throw Malformed()
                }
            }
            throw Malformed()
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func skip(_ characters: Unicode.Scalar...) {
            rest = rest.drop { byte in characters.contains(Unicode.Scalar(byte)) }
        }

        private func isLowercase(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        }

        private func isDigit(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
}
