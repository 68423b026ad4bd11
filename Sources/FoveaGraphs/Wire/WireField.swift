import FoveaCore
package import Foundation

/// How a field's value is encoded (protobuf.dev, "Encoding"). Groups, which no
/// ONNX file has, are not read.
package enum WireType: Int, Sendable {
    case varint = 0
    case fixed64 = 1
    case delimited = 2
    case fixed32 = 5
}

/// One field of a protobuf message, as its bytes are.
package struct WireField: Sendable {
    package let number: Int
    package let type: WireType
    /// All of it, tag and length included.
    let encoded: ByteSlice
    /// How many bytes come before the value.
    private let header: Int

    init(number: Int, type: WireType, encoded: ByteSlice, header: Int) {
        self.number = number
        self.type = type
        self.encoded = encoded
        self.header = header
    }

    /// A delimited field's value.
    package var payload: ByteSlice { encoded[header..<encoded.count] }

    /// A varint field's value; `nil` for a field of another type.
    package var varint: UInt64? {
        guard type == .varint else { return nil }
        var cursor = WireCursor(payload)
        return try? cursor.varint()
    }

    /// The value as a signed number.
    package var int: Int64? { varint.map { Int64(bitPattern: $0) } }

    /// The value as text; `nil` for a field that is not delimited.
    package var text: String? { type == .delimited ? payload.text : nil }
}

extension WireField {
    package static func int(_ number: Int, _ value: Int64) -> WireField {
        var bytes = tag(number, .varint)
        let header = bytes.count
        bytes.append(varint: UInt64(bitPattern: value))
        return WireField(number: number, type: .varint, encoded: ByteSlice(bytes), header: header)
    }

    package static func text(_ number: Int, _ value: String) -> WireField {
        bytes(number, Data(value.utf8))
    }

    /// A message in a message, or bytes.
    package static func bytes(_ number: Int, _ value: Data) -> WireField {
        var bytes = tag(number, .delimited)
        bytes.append(varint: UInt64(value.count))
        let header = bytes.count
        bytes.append(value)
        return WireField(number: number, type: .delimited, encoded: ByteSlice(bytes), header: header)
    }

    package static func message(_ number: Int, _ message: WireMessage) -> WireField {
        bytes(number, message.encoded())
    }

    static func tag(_ number: Int, _ type: WireType) -> Data {
        var bytes = Data()
        bytes.append(varint: UInt64(number) << 3 | UInt64(type.rawValue))
        return bytes
    }
}

extension Data {
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }
}
