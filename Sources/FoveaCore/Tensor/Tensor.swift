/// A dense, row-major array of numbers: what goes into a model and comes out.
///
/// A tensor is an immutable value; copies share the memory. Engines pass its
/// memory to native code without copying it, and wrap native results by
/// ``init(shape:elementType:adopting:release:)``. For example:
///
/// ```swift
/// let ones = Tensor(shape: [1, 3, 224, 224]) { (values: UnsafeMutableBufferPointer<Float>) in
///     values.initialize(repeating: 1)
/// }
/// let tokens = Tensor(shape: [1, 2], [Int32(49406), 49407])
/// ```
public struct Tensor: Sendable {
    /// Lengths of the dimensions, outermost first. Empty for a scalar.
    public let shape: [Int]
    /// What the elements are.
    public let elementType: ElementType
    package let storage: TensorStorage

    /// Number of elements: the product of the shape.
    public var count: Int { shape.reduce(1, *) }

    /// Makes a tensor whose memory `initializer` fills, all of it.
    ///
    /// - Parameter initializer: is given `shape`'s product of uninitialised
    ///   elements and must initialise every one.
    public init<Element: TensorElement>(
        shape: [Int],
        initializing initializer: (UnsafeMutableBufferPointer<Element>) throws -> Void
    ) rethrows {
        let count = shape.reduce(1, *)
        let storage = TensorStorage(byteCount: count * MemoryLayout<Element>.stride)
        try initializer(storage.bytes.bindMemory(to: Element.self))
        self.shape = shape
        self.elementType = Element.elementType
        self.storage = storage
    }

    /// Makes a tensor of `elements`, whose number must be the shape's product.
    public init<Element: TensorElement>(shape: [Int], _ elements: [Element]) {
        precondition(
            elements.count == shape.reduce(1, *),
            "\(elements.count) elements do not fill the shape \(shape)")
        self.init(shape: shape) { (values: UnsafeMutableBufferPointer<Element>) in
            _ = values.initialize(fromContentsOf: elements)
        }
    }

    /// Wraps memory that someone else owns, such as an engine's result.
    ///
    /// - Parameters:
    ///   - address: the first of `shape`'s product of initialised elements,
    ///     aligned for their type; nobody may write to them from now on.
    ///   - release: called once, on any thread, when the last copy is gone.
    public init(
        shape: [Int], elementType: ElementType,
        adopting address: UnsafeMutableRawPointer,
        release: @escaping @Sendable () -> Void
    ) {
        self.shape = shape
        self.elementType = elementType
        let byteCount = shape.reduce(1, *) * elementType.byteCount
        self.storage = TensorStorage(
            bytes: UnsafeMutableRawBufferPointer(start: address, count: byteCount), release: release)
    }

    /// - Parameter storage: as many bytes as the shape has, and written.
    package init(shape: [Int], elementType: ElementType, storage: TensorStorage) {
        self.shape = shape
        self.elementType = elementType
        self.storage = storage
    }

    /// The same elements under another shape with the same product.
    public func reshaped(_ shape: [Int]) -> Tensor {
        precondition(shape.reduce(1, *) == count, "\(self.shape) cannot be seen as \(shape)")
        return Tensor(shape: shape, elementType: elementType, storage: storage)
    }

    /// Reads the elements in place.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the elements are of
    ///   another type, and what `body` throws.
    public func withElements<Element: TensorElement, Result>(
        as type: Element.Type = Element.self,
        _ body: (UnsafeBufferPointer<Element>) throws -> Result
    ) throws -> Result {
        guard Element.elementType == elementType else {
            throw FoveaError(
                .modelInvalid, "A tensor holds \(elementType.rawValue), not \(Element.elementType.rawValue).")
        }
        return try body(UnsafeBufferPointer(storage.bytes.bindMemory(to: Element.self)))
    }

    /// The elements as float32, converted from float16 where needed.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` for any other element type.
    public func floats() throws -> [Float] {
        switch elementType {
        case .float16: try withElements(as: Float16.self) { $0.map(Float.init) }
        default: try withElements(as: Float.self) { Array($0) }
        }
    }
}
