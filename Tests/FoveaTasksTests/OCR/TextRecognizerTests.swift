import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Synchronization
import Testing

/// The flow around a made-up model that reads a line's grey value: class 1 (a)
/// for black, 2 (b) for white, with a probability of 0.9 and 0.6.
@Suite struct TextRecognizerTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// The shapes a session was given.
    private final class Runs: Sendable {
        let shapes = Mutex<[[Int]]>([])
    }

    private func session(
        _ runs: Runs = Runs(), _ shape: [Int?] = [nil, 3, 48, nil], classes: Int = 4,
        metadata: [String: String] = ["character": "a\nb\n"]
    ) -> FakeSession {
        FakeSession(
            inputs: [TensorInfo(name: "x", elementType: .float32, shape: shape)],
            outputs: [TensorInfo(name: "y", elementType: .float32, shape: [nil, nil, classes])],
            metadata: metadata
        ) { inputs in
            let input = try #require(inputs.first)
            runs.shapes.withLock { $0.append(input.shape) }
            let values = try input.floats()
            let scores: [Float] = (0..<input.shape[0]).flatMap { row -> [Float] in
                switch values[row * 3 * input.shape[2] * input.shape[3]] {
                case -1: [0.1, 0.9, 0, 0]
                case 1: [0.1, 0, 0.6, 0]
                default: [1, 0, 0, 0]
                }
            }
            return [Tensor(shape: [input.shape[0], 1, 4], scores)]
        }
    }

    /// 400 × 200; the left half is black, the right half white.
    private let picture = PixelImage(width: 400, height: 200) { pixels in
        for index in pixels.indices { pixels[index] = index / 3 % 400 < 200 ? 0 : 255 }
    }

    private func box(_ x: Float, _ y: Float, _ width: Float, _ height: Float) -> DetectedText {
        DetectedText(corners: points([x, y, x + width, y, x + width, y + height, x, y + height]), score: 0.8)
    }

    private func recognize(
        _ session: FakeSession, _ lines: [DetectedText], maxBatchSize: Int = 6, minScore: Float = 0.5
    ) async throws -> [RecognizedText] {
        try await TextRecognizer(session: session, characters: nil, pool: pool, maxBatchSize: maxBatchSize)
            .recognize(lines, in: picture, minScore: minScore)
    }

    @Test func orderIsKept() async throws {
        let lines = [box(10, 10, 150, 20), box(210, 10, 20, 20), box(10, 50, 20, 20), box(220, 50, 150, 20)]
        let texts = try await recognize(session(), lines)
        #expect(texts.map(\.text) == ["a", "b", "a", "b"])
        #expect(texts.map(\.line) == lines)
        #expect(texts.map(\.score) == [0.9, 0.6, 0.9, 0.6])
    }

    @Test func scoreMustBeAboveTheLimit() async throws {
        let lines = [box(10, 10, 50, 20), box(210, 10, 50, 20)]
        #expect(try await recognize(session(), lines, minScore: 0.6).map(\.text) == ["a"])
        #expect(try await recognize(session(), lines, minScore: 0.9).isEmpty)
        #expect(try await recognize(session(), lines, minScore: .nan).isEmpty)
    }

    /// Widths by hand: 48 · 7.5 = 360, and a quarter more is 450; 224 at least.
    @Test func equallyWideLinesShareARun() async throws {
        let runs = Runs()
        let lines = [box(10, 10, 150, 20), box(10, 40, 50, 25), box(210, 10, 50, 25), box(210, 40, 50, 50)]
        _ = try await recognize(session(runs), lines)
        #expect(runs.shapes.withLock { $0 } == [[3, 3, 48, 224], [1, 3, 48, 450]])
    }

    @Test(arguments: [(1, [1, 1, 1]), (2, [2, 1]), (0, [1, 1, 1]), (-3, [1, 1, 1])])
    func batchesAreBounded(maxBatchSize: Int, expected: [Int]) async throws {
        let runs = Runs()
        let lines = [box(10, 10, 50, 20), box(10, 40, 50, 20), box(10, 70, 50, 20)]
        #expect(try await recognize(session(runs), lines, maxBatchSize: maxBatchSize).count == 3)
        #expect(runs.shapes.withLock { $0.map { $0[0] } } == expected)
    }

    /// 300 × 4 would be 4500 wide.
    @Test func widthIsBounded() async throws {
        let runs = Runs()
        #expect(try await recognize(session(runs), [box(10, 10, 300, 4)]).map(\.text) == ["a"])
        #expect(runs.shapes.withLock { $0 } == [[1, 3, 48, 2048]])
    }

    @Test func fixedSizesAreKeptTo() async throws {
        let runs = Runs()
        let lines = [box(10, 10, 180, 10), box(210, 40, 50, 20), box(10, 70, 50, 20)]
        let texts = try await recognize(session(runs, [2, 3, 32, 320]), lines)
        #expect(texts.map(\.text) == ["a", "b", "a"])
        #expect(runs.shapes.withLock { $0 } == [[2, 3, 32, 320], [2, 3, 32, 320]])
    }

    @Test func unreadableLinesAreLeftOut() async throws {
        let runs = Runs()
        let lines = [
            DetectedText(corners: [], score: 1), box(10, 10, 0, 0), box(390, 10, 50, 20),
            DetectedText(corners: points([10, 10, 20, 10, 40, 10, 30, 10]), score: 1), box(10, 10, 50, 20),
        ]
        #expect(try await recognize(session(runs), lines).map(\.line) == [lines[4]])
        #expect(try await recognize(session(runs), []).isEmpty)
    }

    @Test func dictionaryComesFromTheCallerFirst() async throws {
        let session = session(metadata: ["character": "nothing\nof\nthis"])
        let recognizer = try TextRecognizer(
            session: session, characters: ["x", "y"], pool: pool, maxBatchSize: 1)
        let texts = try await recognizer.recognize([box(10, 10, 50, 20)], in: picture, minScore: 0)
        #expect(texts.map(\.text) == ["x"])
    }

    @Test func missingOrOtherDictionaryIsRefused() {
        for session in [session(metadata: [:]), session(classes: 9)] {
            #expect {
                try TextRecognizer(session: session, characters: nil, pool: pool, maxBatchSize: 1)
            } throws: {
                ($0 as? FoveaError)?.code == .modelInvalid
            }
        }
    }
}
