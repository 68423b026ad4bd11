extension Tensor {
    /// The rows of several tensors under each other.
    ///
    /// - Parameter tensors: at least one; alike but for their first lengths.
    package static func joined(_ tensors: [Tensor]) -> Tensor {
        guard let first = tensors.first, tensors.count > 1 else { return tensors[0] }
        let rows = tensors.reduce(0) { $0 + ($1.shape.first ?? 1) }
        let bytes = tensors.reduce(0) { $0 + $1.storage.bytes.count }
        let storage = TensorStorage(byteCount: bytes)
        var offset = 0
        for tensor in tensors {
            UnsafeMutableRawBufferPointer(rebasing: storage.bytes[offset...])
                .copyMemory(from: UnsafeRawBufferPointer(tensor.storage.bytes))
            offset += tensor.storage.bytes.count
        }
        return Tensor(
            shape: [rows] + first.shape.dropFirst(), elementType: first.elementType, storage: storage)
    }

    /// Parts with so many rows each, copied.
    ///
    /// Models that lay what they found in several pictures under each other have
    /// a multiple of the input's rows, the same for each.
    ///
    /// - Parameter rows: of the inputs that were joined.
    /// - Returns: `nil` where the tensor's rows are no multiple of theirs.
    package func split(_ rows: [Int]) -> [Tensor]? {
        let total = rows.reduce(0, +)
        guard let length = shape.first, total > 0, length % total == 0, length > 0 else { return nil }
        let bytesPerRow = storage.bytes.count / length
        var start = 0
        return rows.map { count in
            let count = count * (length / total)
            let part = storage.bytes[(start * bytesPerRow)..<((start + count) * bytesPerRow)]
            start += count
            let copy = TensorStorage(byteCount: part.count)
            copy.bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
            return Tensor(shape: [count] + shape.dropFirst(), elementType: elementType, storage: copy)
        }
    }
}
