import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Testing

/// A recogniser where each new shape costs a compilation.
@Suite struct FewShapesRecognizerTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// Reads "a" in what begins black, and nothing elsewhere.
    private func session(_ shape: [Int?] = [nil, 3, 48, nil]) -> FewShapesSession {
        FewShapesSession(
            FakeSession(
                inputs: [TensorInfo(name: "x", elementType: .float32, shape: shape)],
                outputs: [TensorInfo(name: "y", elementType: .float32, shape: [nil, nil, 3])],
                metadata: ["character": "a"]
            ) { inputs in
                let input = try #require(inputs.first)
                let values = try input.floats()
                let scores: [Float] = (0..<input.shape[0]).flatMap { row -> [Float] in
                    values[row * 3 * input.shape[2] * input.shape[3]] == -1 ? [0.1, 0.9, 0] : [1, 0, 0]
                }
                return [Tensor(shape: [input.shape[0], 1, 3], scores)]
            })
    }

    private let black = PixelImage(
        width: 2000, height: 1000, pixels: [UInt8](repeating: 0, count: 2000 * 1000 * 3))

    private func line(_ y: Float, _ width: Float, _ height: Float) -> DetectedText {
        DetectedText(corners: points([0, y, width, y, width, y + height, 0, y + height]), score: 0.8)
    }

    private func recognize(_ session: FewShapesSession, _ lines: [DetectedText], maxBatchSize: Int = 6)
        async throws -> [RecognizedText]
    {
        try await TextRecognizer(session: session, characters: nil, pool: pool, maxBatchSize: maxBatchSize)
            .recognize(lines, in: black, minScore: 0.5)
    }

    /// The width at a height of 48, without its fraction, and a quarter more,
    /// rounded up: 214 / 40 · 48 = 256.8, and 256 · 1.25 = 320.
    @Test(arguments: [
        (100, 224), (149, 224), (150, 320), (214, 320), (215, 448), (298, 448), (300, 640), (427, 640),
        (428, 1280), (854, 1280), (855, 2048), (1999, 2048),
    ])
    func widthIsTheNextOfTheList(width: Float, expected: Int) async throws {
        let session = session()
        _ = try await recognize(session, [line(0, width, 40)])
        #expect(session.given == [[1, 3, 48, expected]])
    }

    @Test(arguments: [
        (7, 3, [3, 3, 1]), (5, 6, [1, 1, 1, 1, 1]), (6, 6, [6]), (8, 6, [6, 1, 1]), (3, 1, [1, 1, 1]),
        (2, 0, [1, 1]),
    ])
    func batchesAreFullOrOne(count: Int, maxBatchSize: Int, expected: [Int]) async throws {
        let session = session()
        let lines = (0..<count).map { line(Float($0 * 50), 100, 40) }
        let texts = try await recognize(session, lines, maxBatchSize: maxBatchSize)
        #expect(texts.map(\.line) == lines)
        #expect(session.given.map { $0[0] } == expected)
    }

    /// Corners on one line have edges, but no area.
    @Test func aLineWithoutPictureMakesNoNewShape() async throws {
        let session = session()
        let flat = DetectedText(corners: points([0, 400, 30, 400, 15, 400, 5, 400]), score: 0.8)
        let lines = [line(0, 80, 40), flat, line(50, 80, 40)]
        #expect(try await recognize(session, lines, maxBatchSize: 3).map(\.line) == [lines[0], lines[2]])
        #expect(session.given == [[3, 3, 48, 224]])
    }

    @Test func allShapesAreWarm() async throws {
        let session = session()
        let lines = (0..<40).map { line(Float($0 * 20), 20 + Float($0 * $0), 20) }
        _ = try await recognize(session, lines, maxBatchSize: 4)
        let recognizer = try TextRecognizer(session: session, characters: nil, pool: pool, maxBatchSize: 4)
        let warm = recognizer.warmUpShapes(maxResolution: 736)
        #expect(
            warm
                == [224, 320, 448, 640, 1280, 2048].flatMap { [[1, 3, 48, $0], [4, 3, 48, $0]] })
        #expect(Set(session.given).isSubset(of: warm))
        #expect(Set(session.given.map { $0[0] }) == [1, 4])
    }

    @Test func fixedSizesAreKeptTo() async throws {
        let session = session([2, 3, 48, 320])
        #expect(try await recognize(session, (0..<3).map { line(Float($0 * 50), 100, 40) }).count == 3)
        #expect(session.given == [[2, 3, 48, 320], [2, 3, 48, 320]])
        let recognizer = try TextRecognizer(session: session, characters: nil, pool: pool, maxBatchSize: 6)
        #expect(recognizer.warmUpShapes(maxResolution: 736) == [[2, 3, 48, 320]])
    }
}
