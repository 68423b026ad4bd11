import FoveaCore

/// For each output position of one axis, the two input positions it lies
/// between and their weights, with 11 bits behind the point.
struct BilinearAxis {
    private(set) var first: [Int32] = []
    private(set) var second: [Int32] = []
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
            first.append(Int32(min(max(index, 0), input - 1)))
            second.append(Int32(min(max(index + 1, 0), input - 1)))
            firstWeight.append(Int32(((1 - fraction) * 2048).rounded(.toNearestOrEven)))
            secondWeight.append(Int32((fraction * 2048).rounded(.toNearestOrEven)))
        }
    }
}
