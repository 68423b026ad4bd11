import CONNXRuntime
import FoveaCore

extension ElementType {
    /// The type for ONNX's number; `nil` for types that Fovea has no values for.
    init?(onnx number: Int) {
        switch number {
        case ORT_ELEMENT_FLOAT32: self = .float32
        case ORT_ELEMENT_FLOAT16: self = .float16
        case ORT_ELEMENT_UINT8: self = .uint8
        case ORT_ELEMENT_INT8: self = .int8
        case ORT_ELEMENT_INT32: self = .int32
        case ORT_ELEMENT_INT64: self = .int64
        case ORT_ELEMENT_BOOL: self = .bool
        default: return nil
        }
    }

    /// ONNX's number for the type.
    var onnx: Int {
        switch self {
        case .float32: ORT_ELEMENT_FLOAT32
        case .float16: ORT_ELEMENT_FLOAT16
        case .uint8: ORT_ELEMENT_UINT8
        case .int8: ORT_ELEMENT_INT8
        case .int32: ORT_ELEMENT_INT32
        case .int64: ORT_ELEMENT_INT64
        case .bool: ORT_ELEMENT_BOOL
        }
    }

    /// What to call ONNX's number, for types without a value here, too.
    static func onnxName(_ number: Int) -> String {
        switch number {
        case ORT_ELEMENT_STRING: "string"
        case ORT_ELEMENT_FLOAT64: "float64"
        case ORT_ELEMENT_BFLOAT16: "bfloat16"
        case ORT_ELEMENT_INT16: "int16"
        case ORT_ELEMENT_UINT16: "uint16"
        case ORT_ELEMENT_UINT32: "uint32"
        case ORT_ELEMENT_UINT64: "uint64"
        case ORT_ELEMENT_COMPLEX64: "complex64"
        case ORT_ELEMENT_COMPLEX128: "complex128"
        default: ElementType(onnx: number)?.rawValue ?? "ONNX element type \(number)"
        }
    }
}
