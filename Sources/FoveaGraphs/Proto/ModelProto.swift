import FoveaCore
import Foundation

// Field numbers in this folder are those of onnx.proto3 (github.com/onnx/onnx).

/// An ONNX model: what its file holds.
package struct ModelProto: Sendable {
    private var message: WireMessage
    package var graph: GraphProto

    private enum Field {
        static let operatorSet = 8
        static let graph = 7
        static let functions = 25
    }

    /// - Throws: ``FoveaError/Code/modelInvalid`` where the bytes are no model.
    package init(_ bytes: ByteSlice) throws {
        message = try WireMessage(bytes)
        let graphs = message.all(Field.graph)
        guard graphs.count == 1, let field = graphs.first, field.type == .delimited else {
            throw FoveaError(
                .modelInvalid,
                "The model cannot be read: it has \(graphs.count) graphs instead of one. Fetch it again.")
        }
        graph = try GraphProto(field.payload)
    }

    /// Version of the standard operators; `nil` where the model names none.
    package var opset: Int? {
        get throws {
            for field in message.all(Field.operatorSet) where field.type == .delimited {
                let entry = try WireMessage(field.payload)
                let domain = entry.last(1)?.text ?? ""
                if domain.isEmpty || domain == "ai.onnx" { return Int(clamping: entry.last(2)?.int ?? 0) }
            }
            return nil
        }
    }

    /// Whether the model brings operators of its own.
    package var hasFunctions: Bool { message.last(Field.functions) != nil }

    /// The model's bytes, a part after the other; parts of the file it was
    /// read from are not copied.
    package var parts: [ByteSlice] {
        var parts: [ByteSlice] = []
        for field in message.fields {
            guard field.number == Field.graph else {
                parts.append(field.encoded)
                continue
            }
            var header = WireField.tag(Field.graph, .delimited)
            header.append(varint: UInt64(graph.message.byteCount))
            parts.append(ByteSlice(header))
            parts += graph.message.fields.map(\.encoded)
        }
        return parts
    }
}
