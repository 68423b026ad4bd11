/// Structured field values of HTTP, RFC 9651, as far as Fovea's headers use
/// them: lists whose members are strings, integers or booleans, with
/// parameters of the same kinds.
package enum StructuredField {
    package enum Item: Sendable, Equatable {
        /// Percent-encoding undone.
        case string(String)
        case integer(Int)
        case boolean(Bool)
    }

    /// A member of a list.
    package struct Member: Sendable, Equatable {
        package var item: Item
        package var parameters: [String: Item]
    }

    /// Integers have fifteen digits at most (RFC 9651, 3.3.1).
    package static let largestInteger = 999_999_999_999_999

    package static func integer(_ value: Int) -> String {
        String(max(-largestInteger, min(value, largestInteger)))
    }

    /// A string with its quotes; bytes that it cannot hold are percent-encoded.
    package static func string(_ text: String) -> String {
        var encoded = "\""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                encoded += "\\" + String(Unicode.Scalar(byte))
            case UInt8(ascii: "%"), 0..<0x20, 0x7F...:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += (byte < 0x10 ? "%0" : "%") + digits
            default: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return encoded + "\""
    }

    /// The bytes that percent-encoding stands for; `nil` where they are not
    /// UTF-8. A `%` without two digits stands for itself.
    package static func decoded(_ bytes: [UInt8]) -> String? {
        var decoded: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
            if byte == UInt8(ascii: "%"), digits.count == 2 {
                decoded.append(UInt8(digits[0] << 4 | digits[1]))
                rest = rest.dropFirst(2)
            } else {
                decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
