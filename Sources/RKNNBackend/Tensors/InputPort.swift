import CRKNN
import FoveaCore

/// How an input is given to the runtime.
struct InputPort: Sendable, Hashable {
    let attributes: PortAttributes
    /// What tasks give. Floating-point numbers come as float32, whatever the
    /// graph computes in: the runtime converts them.
    let elementType: ElementType
    /// What tasks give: of pictures, the channels before height and width.
    let shape: [Int]
    /// Whether the channels have to be moved behind height and width.
    let transposes: Bool

    /// - Parameter takesPixels: whether pictures are taken as they are
    ///   decoded, bytes with the channels last, as the model's converter said.
    init(_ attributes: PortAttributes, takesPixels: Bool) throws {
        self.attributes = attributes
        if takesPixels, attributes.isInterleaved {
            elementType = .uint8
            shape = attributes.dimensions
            transposes = false
            return
        }
        guard
            attributes.isQuantized || attributes.exactType != nil
                || [RKNN_FLOAT32, RKNN_FLOAT16, RKNN_BFLOAT16].contains(attributes.type)
        else {
            throw FoveaError(
                .modelInvalid,
                "Its input \"\(attributes.name)\" takes elements of RKNN type \(attributes.type).")
        }
        guard attributes.layout != RKNN_NC1HWC2 else {
            throw FoveaError(
                .modelInvalid, "Its input \"\(attributes.name)\" is laid out as the NPU has it (NC1HWC2).")
        }
        elementType = attributes.exactType ?? .float32
        shape = attributes.planarShape
        transposes = attributes.isInterleaved
    }

    /// The elements in the order that the runtime wants.
    ///
    /// The runtime takes the channels only last: it refuses the other order
    /// with "Meet unsupported src layout for normalize: NCHW, only support
    /// NHWC src layout!" (airockchip/rknn-toolkit2, issues 258 and 304), and
    /// some versions go on and return success.
    func arranged(_ tensor: Tensor) -> Tensor {
        guard transposes else { return tensor }
        let pixels = attributes.dimensions[1] * attributes.dimensions[2]
        return tensor.transposed(rows: shape[1], columns: pixels, shape: attributes.dimensions)
    }
}
