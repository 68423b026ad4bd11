#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// JSON numbers, read as Hugging Face tokenizers read them.
enum JSONNumber {
    /// A whole, non-negative number, or `nil`.
    static func unsigned(_ text: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for byte in text {
            let digit = byte &- 0x30
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// A number, or `nil` where it is out of range.
    ///
    /// Hugging Face tokenizers read scores with serde_json, whose default is
    /// fast, not exact: as many digits as fit into 64 bits, then one
    /// multiplication with, or division by, a power of ten. The last bit
    /// differs from the nearest value in one score out of eight, and decides
    /// between segmentations that otherwise tie, so it is done in the same
    /// way here.
    static func double(_ text: ArraySlice<UInt8>) -> Double? {
        var significand: UInt64 = 0
        var exponent = 0
        var inFraction = false
        var full = false
        var position = text.startIndex
        let negative = text.first == UInt8(ascii: "-")
        if negative { position += 1 }
        scan: while position < text.endIndex {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "."): inFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            default:
                if !full {
                    let (product, overflow) = significand.multipliedReportingOverflow(by: 10)
                    let (sum, carry) = product.addingReportingOverflow(UInt64(byte &- 0x30))
                    full = overflow || carry
                    if !full { significand = sum }
                }
                // Digits that do not fit are dropped: before the point each
                // counts for a power of ten, behind it for nothing.
                if !full, inFraction { exponent -= 1 }
                if full, !inFraction { exponent += 1 }
            }
            position += 1
        }
        if position < text.endIndex {
            exponent = adding(text[(position + 1)...], to: exponent)
        }
        return scaled(significand, exponent).map { negative ? -$0 : $0 }
    }

    private static func adding(_ digits: ArraySlice<UInt8>, to exponent: Int) -> Int {
        var value = 0
        for byte in digits where byte &- 0x30 < 10 {
            value = min(value * 10 + Int(byte &- 0x30), 1 << 30)
        }
        return exponent + (digits.first == UInt8(ascii: "-") ? -value : value)
    }

    private static func scaled(_ significand: UInt64, _ exponent: Int) -> Double? {
        var value = Double(significand)
        var exponent = exponent
        while abs(exponent) > 308 {
            if value == 0 { return 0 }
            if exponent > 0 { return nil }
            value /= 1e308
            exponent += 308
        }
        let power = powersOfTen[abs(exponent)]
        value = exponent >= 0 ? value * power : value / power
        return value.isFinite ? value : nil
    }

    /// 1e0 to 1e308, each correctly rounded.
    private static let powersOfTen: [Double] = (0...308).map { strtod("1e\($0)", nil) }
}
