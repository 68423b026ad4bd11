/// The element types that models on pictures take and give.
public enum ElementType: String, Sendable, Hashable, CaseIterable {
    case float32, float16, uint8, int8, int32, int64, bool

    /// Bytes one element takes.
    public var byteCount: Int {
        switch self {
        case .float32, .int32: 4
        case .float16: 2
        case .uint8, .int8, .bool: 1
        case .int64: 8
        }
    }
}

/// A Swift type that a tensor's memory can be read and written as.
public protocol TensorElement: BitwiseCopyable, Sendable {
    /// The element type that this Swift type has the layout of.
    static var elementType: ElementType { get }
}

extension Float: TensorElement { public static var elementType: ElementType { .float32 } }
extension Float16: TensorElement { public static var elementType: ElementType { .float16 } }
extension UInt8: TensorElement { public static var elementType: ElementType { .uint8 } }
extension Int8: TensorElement { public static var elementType: ElementType { .int8 } }
extension Int32: TensorElement { public static var elementType: ElementType { .int32 } }
extension Int64: TensorElement { public static var elementType: ElementType { .int64 } }
extension Bool: TensorElement { public static var elementType: ElementType { .bool } }
