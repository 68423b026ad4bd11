import Foundation

/// What a graph says about a value: its name, type and shape.
package struct ValueInfoProto: Sendable {
    package var message: WireMessage

    /// A dimension.
    package enum Dimension: Sendable, Equatable {
        case fixed(Int64)
        /// Of any length; equal names are equal lengths.
        case named(String)
        case unknown
    }

    private enum Field {
        static let name = 1
        static let type = 2
        static let tensor = 1
        static let element = 1
        static let shape = 2
        static let dimension = 1
        static let value = 1
        static let parameter = 2
    }

    init(_ bytes: ByteSlice) throws {
        message = try WireMessage(bytes)
    }

    package init(_ name: String, type: Int64, shape: [Dimension]) {
        let tensor = WireMessage([
            .int(Field.element, type), .message(Field.shape, Self.encoded(shape)),
        ])
        message = WireMessage([
            .text(Field.name, name), .message(Field.type, WireMessage([.message(Field.tensor, tensor)])),
        ])
    }

    package var name: String { message.last(Field.name)?.text ?? "" }

    /// ONNX's number of the element type; `nil` where it is no tensor.
    package var elementType: Int64? {
        get throws { try tensor()?.last(Field.element)?.int }
    }

    /// `nil` where nothing is said of it.
    package var shape: [Dimension]? {
        get throws {
            guard let field = try tensor()?.last(Field.shape), field.type == .delimited else { return nil }
            return try WireMessage(field.payload).all(Field.dimension).map { dimension in
                guard dimension.type == .delimited else { throw WireCursor.damaged }
                let message = try WireMessage(dimension.payload)
                if let name = message.last(Field.parameter)?.text, !name.isEmpty { return .named(name) }
                if let length = message.last(Field.value)?.int { return .fixed(length) }
                return .unknown
            }
        }
    }

    /// Gives dimensions other lengths; the others stay as they were written.
    ///
    /// - Parameter change: is given each dimension's place and answers with
    ///   another length, or `nil` to leave it.
    package mutating func changeShape(_ change: (Int) -> Dimension?) throws {
        guard let type = try typeMessage(), var tensor = try tensor(),
            let field = tensor.last(Field.shape), field.type == .delimited
        else { return }
        var shape = try WireMessage(field.payload)
        var place = 0
        for (index, field) in shape.fields.enumerated() where field.number == Field.dimension {
            if let dimension = change(place) {
                shape.fields[index] = .message(Field.dimension, Self.encoded(dimension))
            }
            place += 1
        }
        tensor.replace(Field.shape, with: [.message(Field.shape, shape)])
        var changed = type
        changed.replace(Field.tensor, with: [.message(Field.tensor, tensor)])
        message.replace(Field.type, with: [.message(Field.type, changed)])
    }

    private func typeMessage() throws -> WireMessage? {
        guard let field = message.last(Field.type), field.type == .delimited else { return nil }
        return try WireMessage(field.payload)
    }

    private func tensor() throws -> WireMessage? {
        guard let field = try typeMessage()?.last(Field.tensor), field.type == .delimited else { return nil }
        return try WireMessage(field.payload)
    }

    private static func encoded(_ shape: [Dimension]) -> WireMessage {
        WireMessage(shape.map { .message(Field.dimension, encoded($0)) })
    }

    private static func encoded(_ dimension: Dimension) -> WireMessage {
        switch dimension {
        case .fixed(let length): WireMessage([.int(Field.value, length)])
        case .named(let name): WireMessage([.text(Field.parameter, name)])
        case .unknown: WireMessage()
        }
    }
}
