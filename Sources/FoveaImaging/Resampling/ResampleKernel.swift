/// What one axis of a resize needs to know: for each output position, which
/// input positions count and how much.
///
/// Weights are Pillow's: normalised in double precision, then rounded to
/// fixed point with 22 bits behind the point, so that a sum of them times
/// bytes fits 32 bits.
struct ResampleKernel {
    /// Bits behind the point of a weight.
    static let precision: Int32 = 22

    /// First input position for each output position.
    let starts: [Int]
    /// Number of input positions for each output position.
    let counts: [Int]
    /// Weights, `stride` places for each output position.
    let weights: [Int32]
    /// Most input positions that any output position needs.
    let stride: Int

    /// - Parameters:
    ///   - input: length of the input axis.
    ///   - output: length of the output axis.
    ///   - range: the output positions wanted.
    init(input: Int, output: Int, range: Range<Int>, filter: ResampleFilter) {
        let axis = Axis(input: input, output: output, filter: filter)
        let stride = Int(axis.support.rounded(.up)) * 2 + 1
        var starts: [Int] = []
        var counts: [Int] = []
        var weights = [Int32](repeating: 0, count: range.count * stride)
        var exact = [Double](repeating: 0, count: stride)
        for (row, position) in range.enumerated() {
            let centre = axis.centre(of: position)
            let (start, count) = axis.window(around: centre)
            var sum = 0.0
            for i in 0..<count {
                exact[i] = filter.weight(at: (Double(i + start) - centre + 0.5) * (1 / axis.filterScale))
                sum += exact[i]
            }
            for i in 0..<count {
                let weight = (sum == 0 ? exact[i] : exact[i] / sum) * Double(1 << Self.precision)
                weights[row * stride + i] = Int32(weight < 0 ? weight - 0.5 : weight + 0.5)
            }
            starts.append(start)
            counts.append(count)
        }
        self.starts = starts
        self.counts = counts
        self.weights = weights
        self.stride = stride
    }

    /// The input positions that any output position needs.
    var inputRange: Range<Int> {
        guard let first = starts.first, let last = starts.last, let count = counts.last else { return 0..<0 }
        return first..<(last + count)
    }

    /// The input positions that any of some output positions needs, without
    /// the weights.
    static func inputRange(
        input: Int, output: Int, range: Range<Int>, filter: ResampleFilter
    ) -> Range<Int> {
        let axis = Axis(input: input, output: output, filter: filter)
        guard let last = range.last else { return 0..<0 }
        let (end, count) = axis.window(around: axis.centre(of: last))
        return axis.window(around: axis.centre(of: range.lowerBound)).start..<(end + count)
    }
}

/// Which input positions an output position looks at.
private struct Axis {
    let input: Int
    let scale: Double
    /// When shrinking, the filter widens so that every input pixel counts.
    let filterScale: Double
    /// Half the filter's width, in input positions.
    let support: Double

    init(input: Int, output: Int, filter: ResampleFilter) {
        self.input = input
        scale = Double(input) / Double(output)
        filterScale = max(scale, 1)
        support = filter.support * filterScale
    }

    func centre(of position: Int) -> Double { (Double(position) + 0.5) * scale }

    func window(around centre: Double) -> (start: Int, count: Int) {
        let start = max(Int(centre - support + 0.5), 0)
        return (start, min(Int(centre + support + 0.5), input) - start)
    }
}
