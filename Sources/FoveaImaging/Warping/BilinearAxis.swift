import FoveaCore

/// For each output position of one axis, the two input positions it lies
/// between and their weights, with 11 bits behind the point.
struct BilinearAxis {
    private(set) var first: [Int] = []
    private(set) var second: [Int] = []
    private(set) var firstWeight: [Int32] = []
    private(set) var secondWeight: [Int32] = []

    /// - Parameter clampsWeights: whether a position beyond the first or last
    ///   pixel's centre gives that pixel the whole weight. Without it the
    ///   pixel is blended with itself, which can round differently; OpenCV
    ///   does the one for columns and the other for rows.
    init(input: Int, output: Int, scale: Double, clampsWeights: Bool) {
        for i in 0..<output {
            let position = Float((Double(i) + 0.5) * scale - 0.5)
            var index = Int(position.rounded(.down))
            var fraction = position - Float(index)
            if clampsWeights && index < 0 { (index, fraction) = (0, 0) }
            if clampsWeights && index >= input - 1 { (index, fraction) = (input - 1, 0) }
            first.append(min(max(index, 0), input - 1))
            second.append(min(max(index + 1, 0), input - 1))
            firstWeight.append(Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)))
            secondWeight.append(Int32((fraction * 2048).rounded(.toNearestOrEven)))
        }
    }
}

/// Blends pairs of a picture's rows, keeping the last two rows' columns
/// blended: neighbouring output rows mostly need the same ones.
struct RowBlender {
    private let image: PixelImage
    private let columns: BilinearAxis
    private var rows: [(index: Int, values: [Int32])]

    init(_ image: PixelImage, _ columns: BilinearAxis) {
        self.image = image
        self.columns = columns
        let empty = [Int32](repeating: 0, count: columns.first.count * 3)
        rows = [(-1, empty), (-1, empty)]
    }

    /// Writes the blend of two rows, given by index and 11-bit weight.
    mutating func blend(
        _ first: Int, _ second: Int, _ firstWeight: Int32, _ secondWeight: Int32,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        if rows[0].index != first && rows[1].index == first { rows.swapAt(0, 1) }
        if rows[0].index != first { blendColumns(of: first, into: 0) }
        if rows[1].index != second { blendColumns(of: second, into: 1) }
        rows[0].values.withUnsafeBufferPointer { upper in
            rows[1].values.withUnsafeBufferPointer { lower in
                for i in 0..<output.count {
                    let sum =
                        ((firstWeight &* (upper[i] >> 4)) >> 16) &+ ((secondWeight &* (lower[i] >> 4)) >> 16)
                    output[i] = UInt8(truncatingIfNeeded: (sum &+ 2) >> 2)
                }
            }
        }
    }

    private mutating func blendColumns(of row: Int, into slot: Int) {
        let width = image.width
        rows[slot].index = row
        rows[slot].values.withUnsafeMutableBufferPointer { values in
            image.pixels.withUnsafeBufferPointer { pixels in
                let input = UnsafeBufferPointer(rebasing: pixels[(row * width * 3)..<((row + 1) * width * 3)])
                for x in 0..<columns.first.count {
                    let left = columns.first[x] * 3
                    let right = columns.second[x] * 3
                    let (leftWeight, rightWeight) = (columns.firstWeight[x], columns.secondWeight[x])
                    for channel in 0..<3 {
                        values[x * 3 + channel] =
                            Int32(input[left + channel]) &* leftWeight
                            &+ Int32(input[right + channel]) &* rightWeight
                    }
                }
            }
        }
    }
}
