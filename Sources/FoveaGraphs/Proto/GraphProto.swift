import FoveaCore
import Foundation

/// Nodes, and the values that go into, through and out of them.
package struct GraphProto: Sendable {
    package var message: WireMessage

    private enum Field {
        static let node = 1
        static let initializer = 5
        static let input = 11
        static let output = 12
        static let valueInfo = 13
    }

    init(_ bytes: ByteSlice) throws {
        message = try WireMessage(bytes)
        for field in message.fields
        where [
            Field.node, Field.initializer, Field.input, Field.output, Field.valueInfo,
        ].contains(field.number) && field.type != .delimited {
            throw WireCursor.damaged
        }
    }

    package func nodes() throws -> [NodeProto] {
        try message.all(Field.node).map { try NodeProto($0.payload) }
    }

    package mutating func setNodes(_ nodes: [NodeProto]) {
        message.replace(Field.node, with: nodes.map { .message(Field.node, $0.message) })
    }

    /// Weights and other constants. Their elements are not looked at.
    package func initializers() throws -> [TensorProto] {
        try message.all(Field.initializer).map { try TensorProto($0.payload) }
    }

    /// Adds constants to those that are there.
    package mutating func add(_ tensors: [TensorProto]) {
        message.fields += tensors.map { .bytes(Field.initializer, $0.encoded()) }
    }

    /// Takes constants out that nothing uses any more.
    mutating func removeInitializers(named names: Set<String>) throws {
        try message.fields.removeAll { field in
            guard field.number == Field.initializer, let name = try TensorProto(field.payload).name else {
                return false
            }
            return names.contains(name)
        }
    }

    /// The inputs, some of which may be constants with a default.
    package func inputs() throws -> [ValueInfoProto] { try values(Field.input) }
    package func outputs() throws -> [ValueInfoProto] { try values(Field.output) }

    package mutating func setInputs(_ inputs: [ValueInfoProto]) { set(Field.input, inputs) }
    package mutating func setOutputs(_ outputs: [ValueInfoProto]) { set(Field.output, outputs) }

    /// Takes out what the graph says about values inside it, which engines
    /// find out by themselves.
    package mutating func dropValueInfos() { message.replace(Field.valueInfo, with: []) }

    private func values(_ number: Int) throws -> [ValueInfoProto] {
        try message.all(number).map { try ValueInfoProto($0.payload) }
    }

    private mutating func set(_ number: Int, _ values: [ValueInfoProto]) {
        message.replace(number, with: values.map { .message(number, $0.message) })
    }
}
