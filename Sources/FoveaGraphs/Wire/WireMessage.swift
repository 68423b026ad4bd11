import FoveaCore
package import Foundation

/// A protobuf message as the list of its fields. Those that nobody replaces
/// are written as they were read, byte for byte, known or not.
package struct WireMessage: Sendable {
    package var fields: [WireField]

    package init(_ fields: [WireField] = []) { self.fields = fields }

    /// A list of fields costs some 50 times the bytes of the smallest ones:
    /// more than this is no graph that anything exports.
    private static let maxFields = 1 << 22

    /// - Throws: ``FoveaError/Code/modelInvalid`` where the bytes are no message.
    package init(_ bytes: ByteSlice) throws {
        fields = []
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            guard fields.count < Self.maxFields else {
                throw FoveaError(
                    .modelInvalid,
                    "The model cannot be read: its graph has more than \(Self.maxFields) parts.")
            }
            fields.append(field)
        }
    }

    package var byteCount: Int { fields.reduce(0) { $0 + $1.encoded.count } }

    package func encoded() -> Data {
        var bytes = Data(capacity: byteCount)
        for field in fields { field.encoded.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }

    package func all(_ number: Int) -> [WireField] { fields.filter { $0.number == number } }

    /// The field that counts where there should be one: the last.
    package func last(_ number: Int) -> WireField? { fields.last { $0.number == number } }

    /// Puts fields in the place of all of their number, where the first was.
    package mutating func replace(_ number: Int, with replacements: [WireField]) {
        let place = fields.firstIndex { $0.number == number } ?? fields.endIndex
        let before = fields[..<place]
        let after = fields[place...].filter { $0.number != number }
        fields = before + replacements + after
    }

    /// Numbers of a repeated field, packed or each on its own.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where they are none, or more
    ///   than `limit`.
    package func ints(_ number: Int, limit: Int = .max) throws -> [Int64] {
        var values: [Int64] = []
        for field in fields where field.number == number {
            switch field.type {
            case .varint: values.append(field.int ?? 0)
            case .delimited:
                var cursor = WireCursor(field.payload)
                while cursor.remaining > 0, values.count <= limit {
                    values.append(Int64(bitPattern: try cursor.varint()))
                }
            case .fixed32, .fixed64: throw WireCursor.damaged
            }
            guard values.count <= limit else { throw WireCursor.damaged }
        }
        return values
    }
}
