extension JSONWriter {
    /// Writes the shortest text that reads back as the same float32, in the
    /// form orjson 3 gives a NumPy float32: `433.0`, `0.000001`, `1e-7`,
    /// `1000000000000.0`, `1e+13`, `-0.0`. What is not finite becomes `null`.
    package mutating func float(_ value: Float) {
        guard value.isFinite else { return raw("null") }
        // In this range Swift's own text has the wanted form already.
        let magnitude = value.magnitude
        if magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e7) {
            return raw(value.description)
        }
        decimal(value.description, positional: -6...12)
    }

    /// As ``float(_:)`` for a float64, whose range of positional notation is
    /// another: `1e-6`, `0.00001`, `1000000000000000.0`, `1e+16`.
    package mutating func double(_ value: Double) {
        guard value.isFinite else { return raw("null") }
        let magnitude = value.magnitude
        if magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e7) {
            return raw(value.description)
        }
        decimal(value.description, positional: -5...15)
    }

    /// Rewrites Swift's text for a number other than zero.
    ///
    /// - Parameter positional: exponents of ten of the first digit for which
    ///   the number is written out.
    private mutating func decimal(_ description: String, positional: ClosedRange<Int>) {
        var digits: [UInt8] = []
        var pointPosition: Int?
        var exponent = 0
        var text = description.utf8[...]
        if text.first == UInt8(ascii: "-") {
            raw("-")
            text = text.dropFirst()
        }
        if let e = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(text[text.index(after: e)...]) ?? "0") ?? 0
            text = text[..<e]
        }
        for byte in text {
            if byte == UInt8(ascii: ".") {
                pointPosition = digits.count
            } else {
                digits.append(byte)
            }
        }
        // The value is 0.d₁d₂d₃… × 10^scale.
        var scale = (pointPosition ?? digits.count) + exponent
        let leadingZeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leadingZeros)
        scale -= leadingZeros
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }

        if positional.contains(scale - 1) {
            writePositional(digits, scale: scale)
        } else {
            raw(digits.prefix(1))
            if digits.count > 1 {
                raw(".")
                raw(digits.dropFirst())
            }
            raw(scale > 0 ? "e+\(scale - 1)" : "e\(scale - 1)")
        }
    }

    private mutating func writePositional(_ digits: [UInt8], scale: Int) {
        let zero = UInt8(ascii: "0")
        if scale <= 0 {
            raw("0.")
            raw(repeatElement(zero, count: -scale))
            raw(digits)
        } else if scale >= digits.count {
            raw(digits)
            raw(repeatElement(zero, count: scale - digits.count))
            raw(".0")
        } else {
            raw(digits.prefix(scale))
            raw(".")
            raw(digits.dropFirst(scale))
        }
    }
}
