/// Backslash escapes in JSON strings.
enum JSONEscapes {
    /// The length of the escape at a backslash, a surrogate pair being one,
    /// or `nil` where it is not valid.
    static func length(_ bytes: [UInt8], at position: Int) -> Int? {
        guard position + 1 < bytes.count else { return nil }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard let unit = unit(bytes[...], at: position) else { return nil }
            switch unit {
            case 0xD800..<0xDC00:
                guard let low = self.unit(bytes[...], at: position + 6), 0xDC00..<0xE000 ~= low else {
                    return nil
                }
                return 12
            case 0xDC00..<0xE000: return nil
            default: return 6
            }
        default: return nil
        }
    }

    /// The 16 bits of `\uXXXX` at `position`.
    private static func unit(_ bytes: ArraySlice<UInt8>, at position: Int) -> UInt32? {
        guard position + 6 <= bytes.endIndex, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { return nil }
        var value: UInt32 = 0
        for byte in bytes[position + 2..<position + 6] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// Appends the UTF-8 of a string whose escapes are valid.
    static func appendDecoded(_ text: ArraySlice<UInt8>, to buffer: inout [UInt8]) {
        var position = text.startIndex
        while position < text.endIndex {
            let byte = text[position]
            guard byte == UInt8(ascii: "\\"), position + 1 < text.endIndex else {
                buffer.append(byte)
                position += 1
                continue
            }
            let escape = text[position + 1]
            if escape == UInt8(ascii: "u") {
                var value = unit(text, at: position) ?? 0xFFFD
                position += 6
                if 0xD800..<0xDC00 ~= value, let low = unit(text, at: position) {
                    value = 0x10000 + (value & 0x3FF) << 10 + (low & 0x3FF)
                    position += 6
                }
                let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
                buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                continue
            }
            buffer.append(simple(escape))
            position += 2
        }
    }

    private static func simple(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
