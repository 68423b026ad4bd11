import CPixelKernels

/// Resamples rows of RGB along their length.
///
/// Vectors of neighbouring pixels would have to be shuffled for every weight.
/// So rows are worked on 32 at a time and transposed first: then a vector is
/// one channel of one column, and one weight goes for all of it.
struct ColumnResampler {
    /// Rows worked on together. Three channels of so many are 96 bytes, for
    /// which the kernel has a path of its own.
    static let rowCount = 32

    private let kernel: ResampleKernel
    private let inputColumns: Range<Int>
    /// Bytes of a block's column: the rows' reds, then greens, then blues.
    private static let columnBytes = rowCount * 3
    private var input: [UInt8]
    private var output: [UInt8]

    init(_ kernel: ResampleKernel) {
        self.kernel = kernel
        inputColumns = kernel.inputRange
        input = [UInt8](repeating: 0, count: inputColumns.count * Self.columnBytes)
        output = [UInt8](repeating: 0, count: kernel.starts.count * Self.columnBytes)
    }

    /// Resamples some rows.
    ///
    /// - Parameters:
    ///   - source: the first byte of the first row.
    ///   - sourceStep: bytes from a row of `source` to the next.
    ///   - count: of rows, at most ``rowCount``.
    ///   - target: room for `count` rows with a pixel for each of the kernel's
    ///     positions.
    mutating func resample(
        _ source: UnsafePointer<UInt8>, sourceStep: Int, count: Int, into target: UnsafeMutablePointer<UInt8>
    ) {
        precondition(count <= Self.rowCount)
        let columns = kernel.starts.count
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                guard let transposed = input.baseAddress, let blended = output.baseAddress else { return }
                fovea_transpose_bytes(
                    source + inputColumns.lowerBound * 3, sourceStep, count, inputColumns.count * 3,
                    transposed, Self.rowCount)
                kernel.weights.withUnsafeBufferPointer { weights in
                    for column in 0..<columns {
                        fovea_blend_bytes(
                            transposed + (kernel.starts[column] - inputColumns.lowerBound) * Self.columnBytes,
                            Self.columnBytes, weights.baseAddress?.advanced(by: column * kernel.stride),
                            kernel.counts[column], blended + column * Self.columnBytes, Self.columnBytes)
                    }
                }
                fovea_transpose_bytes(blended, Self.rowCount, columns * 3, count, target, columns * 3)
            }
        }
    }
}
