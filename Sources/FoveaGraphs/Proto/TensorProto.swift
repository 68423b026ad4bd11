import FoveaCore
import Foundation

/// A constant: weights, or what a node needs to know.
///
/// Only what is asked for is read, because there may be gigabytes of it.
package struct TensorProto: Sendable {
    let bytes: ByteSlice
    package let name: String?
    package let shape: [Int64]
    /// ONNX's number of the element type (`TensorProto.DataType`).
    package let type: Int64
    /// Names of the files that hold the elements, beside the model's own.
    package let externalFile: String?
    let isExternal: Bool

    enum Field {
        static let dims = 1
        static let type = 2
        static let floats = 4
        static let ints32 = 5
        static let ints64 = 7
        static let name = 8
        static let raw = 9
        static let externalData = 13
        static let location = 14
    }

    package enum ElementType {
        static let float32: Int64 = 1
        static let int8: Int64 = 3
        static let int32: Int64 = 6
        static let int64: Int64 = 7
        static let float16: Int64 = 10
    }

    /// Constants that graphs compute shapes from have a number for each
    /// dimension: with more than this they are weights.
    private static let maxElements = 4096

    init(_ bytes: ByteSlice) throws {
        self.bytes = bytes
        var head = WireMessage()
        var cursor = WireCursor(bytes)
        while let field = try cursor.next() {
            if [Field.dims, Field.type, Field.name, Field.externalData, Field.location].contains(
                field.number)
            {
                guard head.fields.count < Self.maxElements else { throw WireCursor.damaged }
                head.fields.append(field)
            }
        }
        name = head.last(Field.name)?.text
        shape = try head.ints(Field.dims, limit: 64)
        type = head.last(Field.type)?.int ?? 0
        isExternal = head.last(Field.location)?.int == 1
        externalFile = try head.all(Field.externalData).filter { $0.type == .delimited }
            .map { try WireMessage($0.payload) }
            .last { $0.last(1)?.text == "location" }?.last(2)?.text
    }

    /// Whole numbers of 64 bits.
    package init(named name: String, shape: [Int64]? = nil, ints: [Int64]) {
        var raw = Data()
        for value in ints { withUnsafeBytes(of: value.littleEndian) { raw.append(contentsOf: $0) } }
        let dims = shape ?? [Int64(ints.count)]
        let message = WireMessage(
            dims.map { .int(Field.dims, $0) }
                + [
                    .int(Field.type, ElementType.int64), .text(Field.name, name), .bytes(Field.raw, raw),
                ])
        self.init(message, name: name, shape: dims, type: ElementType.int64)
    }

    /// Numbers of float32, in a list.
    package init(named name: String, floats: [Float]) {
        var raw = Data(capacity: floats.count * 4)
        for value in floats {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { raw.append(contentsOf: $0) }
        }
        let dims = [Int64(floats.count)]
        let message = WireMessage(
            dims.map { .int(Field.dims, $0) }
                + [
                    .int(Field.type, ElementType.float32), .text(Field.name, name), .bytes(Field.raw, raw),
                ])
        self.init(message, name: name, shape: dims, type: ElementType.float32)
    }

    /// A constant whose elements are in a file beside the graph.
    ///
    /// - Parameters:
    ///   - offset: where they begin in the file, in bytes.
    ///   - length: how many bytes there are.
    package init(
        named name: String, shape: [Int64], type: Int64, file: String, offset: Int, length: Int
    ) {
        let entries = [("location", file), ("offset", "\(offset)"), ("length", "\(length)")]
        let message = WireMessage(
            shape.map { .int(Field.dims, $0) } + [.int(Field.type, type), .text(Field.name, name)]
                + entries.map { key, value in
                    .message(Field.externalData, WireMessage([.text(1, key), .text(2, value)]))
                } + [.int(Field.location, 1)])
        self.init(message, name: name, shape: shape, type: type, externalFile: file)
    }

    private init(
        _ message: WireMessage, name: String, shape: [Int64], type: Int64, externalFile: String? = nil
    ) {
        bytes = ByteSlice(message.encoded())
        self.name = name
        self.shape = shape
        self.type = type
        isExternal = externalFile != nil
        self.externalFile = externalFile
    }

    func encoded() -> Data { Data(bytes.bytes) }

    /// The elements as whole numbers, of a constant that has them in the file
    /// and no more than fit a shape; `nil` for any other.
    package func ints() throws -> [Int64]? {
        guard !isExternal, let count else { return nil }
        let message = try self.message()
        let values: [Int64]
        switch type {
        case ElementType.int64:
            if let raw = message.last(Field.raw) {
                values = raw.payload.elements(Int64.self).map { Int64(littleEndian: $0) }
            } else {
                values = try message.ints(Field.ints64, limit: Self.maxElements)
            }
        case ElementType.int32:
            if let raw = message.last(Field.raw) {
                values = raw.payload.elements(Int32.self).map { Int64(Int32(littleEndian: $0)) }
            } else {
                values = try message.ints(Field.ints32, limit: Self.maxElements)
            }
        default: return nil
        }
        return values.count == count ? values : nil
    }

    /// The elements of a constant of float32; `nil` as for ``ints()``.
    package func floats() throws -> [Float]? {
        guard !isExternal, type == ElementType.float32, let count else { return nil }
        let message = try self.message()
        let values: [Float]
        if let raw = message.last(Field.raw) {
            values = raw.payload.elements(UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
        } else {
            values = message.all(Field.floats).flatMap {
                $0.payload.elements(UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
            }
        }
        return values.count == count ? values : nil
    }

    /// How many elements the shape says, where that is few.
    private var count: Int? {
        var count = 1
        for length in shape {
            guard length >= 0, length <= Self.maxElements else { return nil }
            count *= Int(length)
            guard count <= Self.maxElements else { return nil }
        }
        return count
    }

    private func message() throws -> WireMessage {
        guard bytes.count <= 64 * Self.maxElements else { throw WireCursor.damaged }
        return try WireMessage(bytes)
    }
}

extension ByteSlice {
    /// As many numbers as there are whole ones.
    fileprivate func elements<Number: FixedWidthInteger>(_ type: Number.Type) -> [Number] {
        withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Number>.size).map {
                bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Number>.size, as: type)
            }
        }
    }
}
