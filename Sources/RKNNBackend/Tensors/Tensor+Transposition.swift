import FoveaCore

extension Tensor {
    /// Makes a tensor whose memory `fill` fills, all of it.
    init(shape: [Int], elementType: ElementType, _ fill: (UnsafeMutableRawPointer) -> Void) {
        let byteCount = shape.reduce(elementType.byteCount, *)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
        fill(memory)
        nonisolated(unsafe) let owned = memory
        self.init(shape: shape, elementType: elementType, adopting: memory) { owned.deallocate() }
    }

    /// Sees the elements as matrices, one after the other, and turns each.
    ///
    /// A picture's planes are a matrix of channels by pixels; turned, it has
    /// the channels last.
    ///
    /// - Parameters:
    ///   - rows: of each matrix.
    ///   - columns: of each matrix.
    ///   - shape: of the result, with the same number of elements.
    func transposed(rows: Int, columns: Int, shape: [Int]) -> Tensor {
        // A single row or column is the same either way.
        guard rows > 1, columns > 1 else { return reshaped(shape) }
        return Tensor(shape: shape, elementType: elementType) { target in
            guard let source = UnsafeRawPointer(storage.bytes.baseAddress) else { return }
            switch elementType.byteCount {
            case 1: transpose(UInt8.self, source, target, count, rows, columns)
            case 2: transpose(UInt16.self, source, target, count, rows, columns)
            case 4: transpose(UInt32.self, source, target, count, rows, columns)
            default: transpose(UInt64.self, source, target, count, rows, columns)
            }
        }
    }
}

private func transpose<Element: BitwiseCopyable>(
    _ type: Element.Type, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer,
    _ count: Int, _ rows: Int, _ columns: Int
) {
    let source = source.bindMemory(to: type, capacity: count)
    let target = target.bindMemory(to: type, capacity: count)
    for matrix in stride(from: 0, to: count, by: rows * columns) {
        for row in 0..<rows {
            for column in 0..<columns {
                target[matrix + column * rows + row] = source[matrix + row * columns + column]
            }
        }
    }
}
