/// A header value with parameters, such as
/// `multipart/form-data; boundary="a b"` (RFC 9110 §5.6.6).
package struct HeaderParameters: Sendable, Equatable {
    /// What stands before the first `;`, in lower case, without blanks around it.
    package let value: String
    private let parameters: [(name: String, value: String)]

    package init(_ text: String) {
        var rest = text.unicodeScalars[...]
        value = String(Self.takeToken(&rest)).lowercased()
        var parameters: [(name: String, value: String)] = []
        while rest.popFirst() != nil {
            let name = String(Self.takeToken(&rest, until: "=")).lowercased()
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            parameters.append((name, Self.takeValue(&rest)))
        }
        self.parameters = parameters
    }

    /// The parameter of this name (lower case); the first, where it is repeated.
    package subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    package static func == (one: Self, other: Self) -> Bool {
        one.value == other.value && one.parameters.elementsEqual(other.parameters, by: ==)
    }

    /// Takes what comes before the next `;` or `end`, and leaves that.
    private static func takeToken(
        _ rest: inout Substring.UnicodeScalarView, until end: Unicode.Scalar = ";"
    ) -> String {
        let token = rest.prefix { $0 != ";" && $0 != end }
        rest = rest[token.endIndex...]
        return trimmed(token)
    }

    /// Takes a value, quoted or not, and leaves the `;` that follows.
    private static func takeValue(_ rest: inout Substring.UnicodeScalarView) -> String {
        rest = rest.drop(while: isBlank)
        guard rest.first == "\"" else { return takeToken(&rest) }
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let scalar = rest.popFirst(), scalar != "\"" {
            // A backslash stands before a quote or another backslash only:
            // browsers of old sent paths with backslashes of their own.
            if scalar == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(scalar)
            }
        }
        rest = rest.drop { $0 != ";" }
        return String(value)
    }

    private static func trimmed(_ text: Substring.UnicodeScalarView) -> String {
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        return String(text)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
