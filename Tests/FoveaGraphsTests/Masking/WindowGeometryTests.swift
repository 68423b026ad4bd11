import FoveaGraphs
import FoveaTesting
import Testing

/// What the rules say of windows, beside what comes of moving them.
@Suite struct WindowGeometryTests {
    /// ⌊(n + pads − span) / stride⌋ + 1 places (ONNX, "Conv"), each of which
    /// reads `span` from `place · stride − begin` on.
    @Test func rulesAgreeWithMovingWindows() {
        for span in 1...7 {
            for stride in 1...4 {
                for begin in 0...4 {
                    for end in 0...4 {
                        let axis = WindowGeometry.Axis(span: span, stride: stride, begin: begin, end: end)
                        let sides = [8, 16, 32].map { $0 * stride }
                        let counts = sides.map { side in
                            side + begin + end >= span ? (side + begin + end - span) / stride + 1 : 0
                        }
                        #expect(axis.keepsGrid == (counts == [8, 16, 32]), "\(axis)")
                        guard axis.keepsGrid else { continue }
                        let last = (counts[0] - 1) * stride - begin + span - 1
                        #expect(axis.readsBeyond == (last >= sides[0]), "\(axis)")
                    }
                }
            }
        }
    }
}
