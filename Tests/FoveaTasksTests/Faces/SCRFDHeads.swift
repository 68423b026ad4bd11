import FoveaCore

/// Heads of an SCRFD model with a few anchors filled in, all others zero.
struct SCRFDHeads {
    struct Anchor {
        /// Which row of the heads, of which stride.
        var stride: Int
        var row: Int
        var score: Float
        /// Left, top, right, bottom, in strides.
        var distances: [Float]
        /// x and y of five points, in strides.
        var offsets: [Float] = [Float](repeating: 0, count: 10)
    }

    /// 6, 9, 10 or 15.
    var count: Int
    var canvas: ImageSize
    var anchors: [Anchor] = []
    /// Whether heads are `[1, rows, length]` instead of `[rows, length]`.
    var hasBatchAxis = false

    var strides: [Int] { count == 6 || count == 9 ? [8, 16, 32] : [8, 16, 32, 64, 128] }
    var anchorsPerCell: Int { count == 6 || count == 9 ? 2 : 1 }

    var tensors: [Tensor] {
        let lengths = count == 9 || count == 15 ? [1, 4, 10] : [1, 4]
        return lengths.flatMap { length in strides.map { head($0, length) } }
    }

    private func head(_ stride: Int, _ length: Int) -> Tensor {
        let rows = (canvas.width / stride) * (canvas.height / stride) * anchorsPerCell
        var values = [Float](repeating: 0, count: rows * length)
        for anchor in anchors where anchor.stride == stride {
            let filled = length == 1 ? [anchor.score] : length == 4 ? anchor.distances : anchor.offsets
            values.replaceSubrange(anchor.row * length..<(anchor.row + 1) * length, with: filled)
        }
        return Tensor(shape: hasBatchAxis ? [1, rows, length] : [rows, length], values)
    }
}
