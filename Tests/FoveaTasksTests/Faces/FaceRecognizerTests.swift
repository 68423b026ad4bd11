import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Synchronization
import Testing

/// The flow around a made-up model that answers each face's first pixel.
@Suite struct FaceRecognizerTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// The shapes a session was given.
    private final class Runs: Sendable {
        let shapes = Mutex<[[Int]]>([])
    }

    private func session(
        _ runs: Runs, _ type: ElementType = .float32, _ shape: [Int?] = [nil, 3, 112, 112],
        dimensions: Int = 2
    ) -> FakeSession {
        FakeSession(
            inputs: [TensorInfo(name: "input.1", elementType: type, shape: shape)],
            outputs: [TensorInfo(name: "683", elementType: .float32, shape: [nil, dimensions])]
        ) { inputs in
            let input = try #require(inputs.first)
            runs.shapes.withLock { $0.append(input.shape) }
            let values =
                type == .uint8
                ? try input.withElements(as: UInt8.self) { $0.map(Float.init) } : try input.floats()
            let rows = (0..<input.shape[0]).flatMap { row in
                (0..<dimensions).map { values[row * values.count / input.shape[0]] * Float($0 + 1) }
            }
            return [Tensor(shape: [input.shape[0], dimensions], rows)]
        }
    }

    /// Column x is grey of value x.
    private let picture = PixelImage(width: 256, height: 112) { pixels in
        for index in pixels.indices { pixels[index] = UInt8(index / 3 % 256) }
    }

    /// A face whose aligned picture begins at column `x`.
    private func face(at x: Float) -> DetectedFace {
        DetectedFace(
            box: Box(x1: x, y1: 0, x2: x + 112, y2: 112), score: 0.9,
            landmarks: FaceAlignment.template.map { Point(x: $0.x + x, y: $0.y) })
    }

    private func faces(_ count: Int) -> [DetectedFace] { (0..<count).map { face(at: Float($0 * 5)) } }

    private func recognize(_ session: FakeSession, _ faces: [DetectedFace], maxBatchSize: Int = 4)
        async throws -> [RecognizedFace]
    {
        try await FaceRecognizer(session: session, pool: pool, maxBatchSize: maxBatchSize)
            .recognize(faces, in: picture)
    }

    @Test(arguments: [
        (10, 4, [4, 4, 2]), (4, 4, [4]), (5, 4, [4, 1]), (1, 4, [1]), (3, 1, [1, 1, 1]), (3, 100, [3]),
        (2, 0, [1, 1]), (2, -7, [1, 1]),
    ])
    func batchesAreBounded(count: Int, maxBatchSize: Int, expected: [Int]) async throws {
        let runs = Runs()
        let people = try await recognize(session(runs), faces(count), maxBatchSize: maxBatchSize)
        #expect(people.count == count)
        #expect(runs.shapes.withLock { $0 } == expected.map { [$0, 3, 112, 112] })
    }

    /// (5 i − 127.5) / 127.5, and twice that.
    @Test func orderAndVectorsAreKept() async throws {
        let faces = faces(6)
        let people = try await recognize(session(Runs()), faces)
        #expect(people.map(\.face) == faces)
        for (index, person) in people.enumerated() {
            let value = (Float(index * 5) - 127.5) / 127.5
            #expect(person.embedding == [value, value * 2])
        }
    }

    @Test func aFixedBatchIsKeptTo() async throws {
        let runs = Runs()
        let people = try await recognize(
            session(runs, .float32, [3, 3, 112, 112]), faces(4), maxBatchSize: 100)
        // Rows that no face belongs to are not people.
        #expect(runs.shapes.withLock { $0 } == [[3, 3, 112, 112], [3, 3, 112, 112]])
        #expect(people.map { $0.embedding[0] } == [0, 5, 10, 15].map { (Float($0) - 127.5) / 127.5 })
    }

    @Test func aBatchOfOneIsKeptTo() async throws {
        let runs = Runs()
        _ = try await recognize(session(runs, .float32, [1, 3, 112, 112]), faces(2))
        #expect(runs.shapes.withLock { $0.map { $0[0] } } == [1, 1])
    }

    @Test func bytesGraphGetsBytes() async throws {
        let runs = Runs()
        let people = try await recognize(session(runs, .uint8, [nil, 112, 112, 3]), faces(2))
        #expect(runs.shapes.withLock { $0 } == [[2, 112, 112, 3]])
        #expect(people.map(\.embedding) == [[0, 0], [5, 10]])
    }

    @Test func withoutFacesNothingRuns() async throws {
        let runs = Runs()
        #expect(try await recognize(session(runs), []).isEmpty)
        #expect(runs.shapes.withLock { $0 }.isEmpty)
    }

    @Test(arguments: [0, 4, 6])
    func facesWithoutLandmarksAreRefused(count: Int) async throws {
        let runs = Runs()
        var odd = face(at: 10)
        odd.landmarks = [Point](repeating: Point(x: 1, y: 1), count: count)
        await #expect {
            try await recognize(session(runs), [face(at: 0), odd])
        } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
        #expect(runs.shapes.withLock { $0 }.isEmpty)
    }

    @Test(arguments: [[nil, 3, 224, 224], [nil, 3, 112, 96], [1, 1, 112, 112]] as [[Int?]])
    func otherModelsAreRefused(shape: [Int?]) {
        #expect {
            try FaceRecognizer(session: session(Runs(), .float32, shape), pool: pool, maxBatchSize: 4)
        } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    @Test func freeSizesAreGiven112() async throws {
        let runs = Runs()
        _ = try await recognize(session(runs, .float32, [nil, 3, nil, nil]), faces(1))
        #expect(runs.shapes.withLock { $0 } == [[1, 3, 112, 112]])
    }

    @Test func anAnswerThatDoesNotFitIsRefused() async throws {
        let inputs = [TensorInfo(name: "x", elementType: .float32, shape: [nil, 3, 112, 112])]
        for answer in [[], [Tensor(shape: [3], [1, 2, 3] as [Float])], [Tensor(shape: [0, 2], [Float]())]] {
            let session = FakeSession(inputs: inputs, outputs: []) { _ in answer }
            await #expect { try await recognize(session, faces(2)) } throws: {
                ($0 as? FoveaError)?.code == .modelInvalid
            }
        }
    }
}
