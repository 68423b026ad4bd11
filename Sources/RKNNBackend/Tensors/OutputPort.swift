import CRKNN
import FoveaCore

/// How an output is taken from the runtime.
struct OutputPort: Sendable, Hashable {
    let name: String
    /// What tasks are given: float32, but for whole numbers that are exact.
    let elementType: ElementType
    /// Whether the runtime is to make float32 of what the graph computes.
    let wantsFloat: Bool
    /// As the runtime has it.
    let dimensions: [Int]
    /// As an ONNX graph would have it.
    let shape: [Int]
    /// Whether the channels have to be moved before height and width.
    let transposes: Bool

    init(_ attributes: PortAttributes) throws {
        guard attributes.layout != RKNN_NC1HWC2 else {
            throw FoveaError(
                .modelInvalid, "Its output \"\(attributes.name)\" is laid out as the NPU has it (NC1HWC2).")
        }
        name = attributes.name
        elementType = attributes.exactType ?? .float32
        wantsFloat = attributes.exactType == nil
        dimensions = attributes.dimensions
        shape = attributes.planarShape
        transposes = attributes.isInterleaved
    }

    var byteCount: Int { shape.reduce(elementType.byteCount, *) }

    /// Copies the elements, `byteCount` bytes of them.
    func tensor(copying elements: UnsafeRawPointer) -> Tensor {
        let copy = Tensor(shape: dimensions, elementType: elementType) {
            $0.copyMemory(from: elements, byteCount: byteCount)
        }
        guard transposes else { return copy }
        return copy.transposed(rows: dimensions[1] * dimensions[2], columns: dimensions[3], shape: shape)
    }
}
