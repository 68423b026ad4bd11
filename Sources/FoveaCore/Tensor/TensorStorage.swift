/// Memory that tensors share, released by whoever made it.
///
/// The memory is written before the storage is handed out and never after,
/// which is why reading it from any thread is safe.
package final class TensorStorage: @unchecked Sendable {
    // @unchecked is sound: both properties are constant, the memory behind
    // `bytes` is only written through `Tensor.init(shape:initializing:)`,
    // before any other reference to this object exists, and `release` is
    // called once, by deinit, when no reader is left.
    package let bytes: UnsafeMutableRawBufferPointer
    private let release: @Sendable () -> Void

    package init(bytes: UnsafeMutableRawBufferPointer, release: @escaping @Sendable () -> Void) {
        self.bytes = bytes
        self.release = release
    }

    /// Uninitialised memory of `byteCount` bytes, aligned for SIMD loads.
    package convenience init(byteCount: Int) {
        let address = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
        nonisolated(unsafe) let owned = address
        self.init(bytes: address, release: { owned.deallocate() })
    }

    deinit { release() }
}
