import CRKNN
import FoveaCore

/// What a model says about one of its inputs or outputs.
struct PortAttributes: Sendable, Hashable {
    var name: String
    /// In the order that `layout` says.
    var dimensions: [Int]
    /// `RKNN_NHWC` and so on.
    var layout: Int
    /// `RKNN_FLOAT16` and so on.
    var type: Int
    /// Whether elements stand for other numbers, by a scale and a zero point.
    var isQuantized: Bool

    init(_ native: RKNNAttributes) throws {
        name = withUnsafeBytes(of: native.name) { String(characters: $0.bindMemory(to: CChar.self)) }
        let rank = Int(native.rank)
        guard rank <= RKNN_MOST_DIMENSIONS else {
            throw FoveaError(.modelInvalid, "\"\(name)\" has \(rank) dimensions.")
        }
        dimensions = withUnsafeBytes(of: native.dimensions) {
            $0.bindMemory(to: UInt32.self).prefix(rank).map(Int.init)
        }
        layout = Int(native.layout)
        type = Int(native.type)
        isQuantized = native.quantization != RKNN_NOT_QUANTIZED
        guard Self.count(dimensions) == Int(native.elements) else {
            throw FoveaError(
                .modelInvalid, "\"\(name)\" has the shape \(dimensions), but \(native.elements) elements.")
        }
    }

    /// Whether the channels come last, and are to come second.
    var isInterleaved: Bool { dimensions.count == 4 && layout == RKNN_NHWC }

    /// The dimensions as an ONNX graph has them.
    var planarShape: [Int] {
        isInterleaved ? [dimensions[0], dimensions[3], dimensions[1], dimensions[2]] : dimensions
    }

    /// The product; `nil` for more elements than any memory has, and for none.
    private static func count(_ dimensions: [Int]) -> Int? {
        dimensions.reduce(1) { (count: Int?, length) in
            guard let count, length > 0 else { return nil }
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            return overflow ? nil : product
        }
    }

    /// The type of the elements as Fovea has them; `nil` where they are
    /// floating-point numbers or stand for such.
    var exactType: ElementType? {
        guard !isQuantized else { return nil }
        switch type {
        case RKNN_INT8: return .int8
        case RKNN_UINT8: return .uint8
        case RKNN_INT32: return .int32
        case RKNN_INT64: return .int64
        case RKNN_BOOL: return .bool
        default: return nil
        }
    }
}

extension ElementType {
    /// The runtime's number for the type.
    var rknn: Int {
        switch self {
        case .float32: RKNN_FLOAT32
        case .float16: RKNN_FLOAT16
        case .uint8: RKNN_UINT8
        case .int8: RKNN_INT8
        case .int32: RKNN_INT32
        case .int64: RKNN_INT64
        case .bool: RKNN_BOOL
        }
    }
}
