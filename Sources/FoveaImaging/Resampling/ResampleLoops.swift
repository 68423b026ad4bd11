/// The inner loops of a resize. Arithmetic wraps by design: a weight has 22
/// bits behind the point and weights sum to one, so that sums stay below
/// 2^31 (with lanczos' overshoot, about 1.4 * 255 * 2^22).
enum ResampleLoops {
    /// One half, so that the shift afterwards rounds.
    private static let half: Int32 = 1 << (ResampleKernel.precision - 1)

    @inline(__always)
    private static func byte(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: min(max(sum >> ResampleKernel.precision, 0), 255))
    }

    /// Resamples one row of RGB.
    static func resampleRow(
        _ input: UnsafeBufferPointer<UInt8>, _ kernel: ResampleKernel,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        guard let source = input.baseAddress, let target = output.baseAddress else { return }
        kernel.weights.withUnsafeBufferPointer { weights in
            guard var weight = weights.baseAddress else { return }
            for x in 0..<kernel.starts.count {
                var pixel = source + kernel.starts[x] * 3
                var red = half
                var green = half
                var blue = half
                for i in 0..<kernel.counts[x] {
                    red &+= weight[i] &* Int32(pixel[0])
                    green &+= weight[i] &* Int32(pixel[1])
                    blue &+= weight[i] &* Int32(pixel[2])
                    pixel += 3
                }
                target[x * 3] = byte(red)
                target[x * 3 + 1] = byte(green)
                target[x * 3 + 2] = byte(blue)
                weight += kernel.stride
            }
        }
    }

    /// Adds up as many whole rows of `input` as there are weights.
    ///
    /// - Parameter sums: room for a row of sums; its content is overwritten.
    static func blendRows(
        _ input: UnsafeBufferPointer<UInt8>, weights: ArraySlice<Int32>,
        sums: UnsafeMutableBufferPointer<Int32>, into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        guard var source = input.baseAddress, let target = output.baseAddress, let sum = sums.baseAddress
        else { return }
        let count = output.count
        sums.update(repeating: half)
        for weight in weights {
            for i in 0..<count { sum[i] &+= weight &* Int32(source[i]) }
            source += count
        }
        for i in 0..<count { target[i] = byte(sum[i]) }
    }
}
