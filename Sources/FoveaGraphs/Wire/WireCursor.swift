import FoveaCore

/// Reads a message's fields one after the other, without keeping them.
package struct WireCursor {
    private let bytes: ByteSlice
    private var position = 0

    package init(_ bytes: ByteSlice) { self.bytes = bytes }

    /// The next field; `nil` at the end.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where the bytes are no field.
    package mutating func next() throws -> WireField? {
        guard position < bytes.count else { return nil }
        let start = position
        let tag = try varint()
        guard let type = WireType(rawValue: Int(tag & 7)), tag >> 3 > 0, tag >> 3 < 1 << 29 else {
            throw Self.damaged
        }
        var header = position - start
        switch type {
        case .varint: _ = try varint()
        case .fixed64: try skip(8)
        case .fixed32: try skip(4)
        case .delimited:
            let length = try varint()
            header = position - start
            guard length <= UInt64(bytes.count - position) else { throw Self.damaged }
            position += Int(length)
        }
        return WireField(
            number: Int(tag >> 3), type: type, encoded: bytes[start..<position], header: header)
    }

    var remaining: Int { bytes.count - position }

    /// A number in groups of seven bits, ten groups at most.
    mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        var length = 0
        let isWhole = bytes.withUnsafeBytes { bytes in
            while position + length < bytes.count, length < 10 {
                let byte = bytes[position + length]
                value |= UInt64(byte & 0x7F) << UInt64(7 * length)
                length += 1
                if byte < 0x80 { return true }
            }
            return false
        }
        guard isWhole else { throw Self.damaged }
        position += length
        return value
    }

    private mutating func skip(_ count: Int) throws {
        guard count <= bytes.count - position else { throw Self.damaged }
        position += count
    }

    static let damaged = FoveaError(
        .modelInvalid,
        "The model cannot be read: its bytes are no ONNX graph. Fetch the file again, it may be incomplete.")
}
