import Foundation

/// A node's setting.
package struct AttributeProto: Sendable {
    package let message: WireMessage

    private enum Field {
        static let name = 1
        static let float = 2
        static let int = 3
        static let text = 4
        static let tensor = 5
        static let graph = 6
        static let floats = 7
        static let ints = 8
        static let graphs = 11
        static let type = 20
        static let reference = 21
    }

    /// What attributes of lists hold at most: axes, sides and counts of parts.
    private static let maxInts = 1 << 16

    init(_ bytes: ByteSlice) throws {
        message = try WireMessage(bytes)
    }

    package init(_ name: String, ints: [Int64]) {
        message = WireMessage(
            [.text(Field.name, name)] + ints.map { .int(Field.ints, $0) } + [.int(Field.type, 7)])
    }

    package init(_ name: String, int: Int64) {
        message = WireMessage([.text(Field.name, name), .int(Field.int, int), .int(Field.type, 2)])
    }

    package init(_ name: String, tensor: TensorProto) {
        message = WireMessage([
            .text(Field.name, name), .bytes(Field.tensor, tensor.encoded()), .int(Field.type, 4),
        ])
    }

    package var name: String { message.last(Field.name)?.text ?? "" }
    package var int: Int64? { message.last(Field.int)?.int }
    package var text: String? { message.last(Field.text)?.text }

    package var float: Float? {
        guard let field = message.last(Field.float), field.type == .fixed32 else { return nil }
        return field.payload.withUnsafeBytes {
            Float(bitPattern: UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)))
        }
    }

    package var ints: [Int64] {
        get throws { try message.ints(Field.ints, limit: Self.maxInts) }
    }

    package var tensor: TensorProto? {
        get throws {
            guard let field = message.last(Field.tensor), field.type == .delimited else { return nil }
            return try TensorProto(field.payload)
        }
    }

    /// Whether it holds nodes, as those of `If` and `Loop` do.
    package var hasGraph: Bool { message.last(Field.graph) != nil || message.last(Field.graphs) != nil }

    /// Whether its value is that of a function's argument.
    package var isReference: Bool { message.last(Field.reference) != nil }
}
