import FoveaCore
import FoveaTasks
import Testing

@Suite struct SCRFDLayoutTests {
    /// 16 columns and 8 rows of stride 8.
    private let canvas = ImageSize(width: 128, height: 64)
    private let square = ImageSize(width: 128, height: 128)

    private func faces(_ heads: SCRFDHeads, minScore: Float = 0.5) throws -> [DetectedFace] {
        try SCRFDLayout(outputCount: heads.count)
            .faces(in: heads.tensors, canvas: heads.canvas, minScore: minScore)
    }

    @Test(arguments: [
        (6, [8, 16, 32], 2, false), (9, [8, 16, 32], 2, true), (10, [8, 16, 32, 64, 128], 1, false),
        (15, [8, 16, 32, 64, 128], 1, true),
    ])
    func layoutFollowsFromTheNumber(count: Int, strides: [Int], anchors: Int, hasLandmarks: Bool) throws {
        let layout = try SCRFDLayout(outputCount: count)
        #expect(layout.strides == strides)
        #expect(layout.anchorsPerCell == anchors)
        #expect(layout.hasLandmarks == hasLandmarks)
    }

    @Test(arguments: [0, 1, 3, 5, 7, 8, 12, 14, 16])
    func otherNumbersAreRefused(count: Int) {
        #expect { try SCRFDLayout(outputCount: count) } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    /// The first cell's centre is (0, 0): a box of −8, −16, 24, 32.
    @Test(arguments: [6, 9, 10, 15], [false, true])
    func firstAnchorByHand(count: Int, hasBatchAxis: Bool) throws {
        let anchor = SCRFDHeads.Anchor(
            stride: 8, row: 0, score: 0.75, distances: [1, 2, 3, 4],
            offsets: [0, 1, 2, 3, 4, 5, -6, -7, 0.5, 0.25])
        let found = try faces(
            SCRFDHeads(count: count, canvas: square, anchors: [anchor], hasBatchAxis: hasBatchAxis))
        let landmarks = count == 9 || count == 15 ? points([0, 8, 16, 24, 32, 40, -48, -56, 4, 2]) : []
        #expect(
            found == [
                DetectedFace(box: Box(x1: -8, y1: -16, x2: 24, y2: 32), score: 0.75, landmarks: landmarks)
            ])
    }

    /// Rows run over anchors, then columns, then rows of cells. Stride 16 has
    /// 8 columns here: row 2 · (3 · 8 + 5) + 1 is the second anchor of column
    /// 5 in row 3, whose centre is (80, 48).
    @Test func twoAnchorsShareACell() throws {
        let second = SCRFDHeads.Anchor(
            stride: 16, row: 59, score: 0.75, distances: [1, 1, 1, 1],
            offsets: [1, -1, 0, 0, 0, 0, 0, 0, 0, 0])
        let found = try faces(SCRFDHeads(count: 9, canvas: canvas, anchors: [second]))
        #expect(found.map(\.box) == [Box(x1: 64, y1: 32, x2: 96, y2: 64)])
        #expect(found.first?.landmarks == points([96, 32, 80, 48, 80, 48, 80, 48, 80, 48]))
    }

    /// One anchor a cell: row 2 · 4 + 3 of stride 32 is column 3 in row 2.
    @Test func oneAnchorACell() throws {
        let anchor = SCRFDHeads.Anchor(stride: 32, row: 11, score: 0.75, distances: [0.5, 0.5, 1, 1])
        let found = try faces(SCRFDHeads(count: 15, canvas: square, anchors: [anchor]))
        #expect(found.map(\.box) == [Box(x1: 80, y1: 48, x2: 128, y2: 96)])
    }

    @Test(arguments: [(6, 32), (9, 32), (10, 128), (15, 128)])
    func theLastStrideCounts(count: Int, stride: Int) throws {
        let anchor = SCRFDHeads.Anchor(stride: stride, row: 0, score: 1, distances: [0, 0, 1, 1])
        let found = try faces(SCRFDHeads(count: count, canvas: square, anchors: [anchor]))
        #expect(found.map(\.box) == [Box(x1: 0, y1: 0, x2: Float(stride), y2: Float(stride))])
    }

    @Test func facesComeInTheOrderOfAnchors() throws {
        let anchors = [(32, 3, 0.5), (8, 9, 0.75), (16, 0, 1), (8, 2, 0.625), (8, 4, 0.25)]
            .map { SCRFDHeads.Anchor(stride: $0, row: $1, score: $2, distances: [1, 1, 1, 1]) }
        let found = try faces(SCRFDHeads(count: 9, canvas: canvas, anchors: anchors))
        #expect(found.map(\.score) == [0.625, 0.75, 1, 0.5])
    }

    @Test func theLeastScoreIsEnough() throws {
        let heads = SCRFDHeads(
            count: 6, canvas: canvas,
            anchors: [SCRFDHeads.Anchor(stride: 8, row: 0, score: 0.7, distances: [1, 1, 1, 1])])
        #expect(try faces(heads, minScore: 0.7).count == 1)
        #expect(try faces(heads, minScore: Float(0.7).nextUp).isEmpty)
        #expect(try faces(heads, minScore: .nan).isEmpty)
    }

    @Test func whatIsNoNumberIsDropped() throws {
        let good: [Float] = [1, 1, 1, 1]
        var offsets = [Float](repeating: 0, count: 10)
        offsets[9] = .infinity
        let anchors = [
            SCRFDHeads.Anchor(stride: 8, row: 0, score: .nan, distances: good),
            SCRFDHeads.Anchor(stride: 8, row: 1, score: 0.75, distances: [1, .nan, 1, 1]),
            SCRFDHeads.Anchor(stride: 8, row: 2, score: 0.75, distances: [1, 1, 1, .infinity]),
            SCRFDHeads.Anchor(stride: 8, row: 3, score: 0.75, distances: good, offsets: offsets),
            SCRFDHeads.Anchor(stride: 8, row: 4, score: 0.625, distances: good),
        ]
        #expect(try faces(SCRFDHeads(count: 9, canvas: canvas, anchors: anchors)).map(\.score) == [0.625])
    }

    @Test(arguments: [6, 9, 10, 15])
    func headsOfAnotherCanvasAreRefused(count: Int) throws {
        let heads = SCRFDHeads(count: count, canvas: square)
        let layout = try SCRFDLayout(outputCount: count)
        #expect {
            try layout.faces(in: heads.tensors, canvas: canvas, minScore: 0.5)
        } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    @Test func aMissingHeadIsRefused() throws {
        let heads = SCRFDHeads(count: 9, canvas: canvas).tensors
        let layout = try SCRFDLayout(outputCount: 9)
        #expect(throws: FoveaError.self) {
            try layout.faces(in: Array(heads.dropLast()), canvas: canvas, minScore: 0.5)
        }
        // Heads in another order.
        #expect(throws: FoveaError.self) {
            try layout.faces(in: heads.reversed(), canvas: canvas, minScore: 0.5)
        }
    }
}
