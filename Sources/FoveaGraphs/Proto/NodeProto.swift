import Foundation

/// One use of an operator.
package struct NodeProto: Sendable {
    package var message: WireMessage

    private enum Field {
        static let input = 1
        static let output = 2
        static let name = 3
        static let type = 4
        static let attribute = 5
        static let domain = 7
    }

    init(_ bytes: ByteSlice) throws {
        message = try WireMessage(bytes)
        for field in message.fields
        where [Field.input, Field.output, Field.type, Field.attribute, Field.domain].contains(field.number)
            && field.type != .delimited
        {
            throw WireCursor.damaged
        }
    }

    /// A node of a standard operator.
    package init(
        _ type: String, _ inputs: [String], _ outputs: [String], _ attributes: [AttributeProto] = []
    ) {
        message = WireMessage(
            inputs.map { .text(Field.input, $0) } + outputs.map { .text(Field.output, $0) }
                + [.text(Field.type, type)] + attributes.map { .message(Field.attribute, $0.message) })
    }

    /// The operator.
    package var type: String { message.last(Field.type)?.text ?? "" }

    package var isStandard: Bool {
        let domain = message.last(Field.domain)?.text ?? ""
        return domain.isEmpty || domain == "ai.onnx"
    }

    /// Names of what goes in; empty for an optional input left out.
    package var inputs: [String] { message.all(Field.input).map(\.payload.text) }
    package var outputs: [String] { message.all(Field.output).map(\.payload.text) }

    /// Reads another value instead of one.
    package mutating func setInput(_ index: Int, to name: String) {
        var seen = 0
        for (place, field) in message.fields.enumerated() where field.number == Field.input {
            if seen == index { message.fields[place] = .text(Field.input, name) }
            seen += 1
        }
    }

    /// Gives its only output another name.
    package mutating func setOutput(to name: String) {
        message.replace(Field.output, with: [.text(Field.output, name)])
    }

    /// Takes its name away, because a graph has none twice.
    package mutating func dropName() { message.replace(Field.name, with: []) }

    package func attributes() throws -> [AttributeProto] {
        try message.all(Field.attribute).map { try AttributeProto($0.payload) }
    }

    package mutating func setAttributes(_ attributes: [AttributeProto]) {
        message.replace(Field.attribute, with: attributes.map { .message(Field.attribute, $0.message) })
    }

    package func attribute(_ name: String) throws -> AttributeProto? {
        try attributes().last { $0.name == name }
    }

    package func int(_ name: String) throws -> Int64? { try attribute(name)?.int }
    package func ints(_ name: String) throws -> [Int64]? { try attribute(name)?.ints }
    package func text(_ name: String) throws -> String? { try attribute(name)?.text }
}
