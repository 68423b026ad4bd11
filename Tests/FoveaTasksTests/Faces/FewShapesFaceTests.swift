import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Testing

/// Face recognition where each new shape costs a compilation.
@Suite struct FewShapesFaceTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// Answers each face's first value.
    private func session(_ shape: [Int?] = [nil, 3, 112, 112]) -> FewShapesSession {
        FewShapesSession(
            FakeSession(
                inputs: [TensorInfo(name: "input.1", elementType: .float32, shape: shape)],
                outputs: [TensorInfo(name: "683", elementType: .float32, shape: [nil, 1])]
            ) { inputs in
                let input = try #require(inputs.first)
                let values = try input.floats()
                let count = input.shape[0]
                return [Tensor(shape: [count, 1], (0..<count).map { values[$0 * values.count / count] })]
            })
    }

    /// Column x is grey of value x.
    private let picture = PixelImage(width: 256, height: 112) { pixels in
        for index in pixels.indices { pixels[index] = UInt8(index / 3 % 256) }
    }

    /// Face i begins at column 5 i.
    private func faces(_ count: Int) -> [DetectedFace] {
        (0..<count).map { index in
            let x = Float(index * 5)
            return DetectedFace(
                box: Box(x1: x, y1: 0, x2: x + 112, y2: 112), score: 0.9,
                landmarks: FaceAlignment.template.map { Point(x: $0.x + x, y: $0.y) })
        }
    }

    @Test(arguments: [
        (10, 6, [6, 1, 1, 1, 1]), (12, 6, [6, 6]), (5, 6, [1, 1, 1, 1, 1]), (6, 6, [6]), (3, 1, [1, 1, 1]),
        (0, 6, []), (2, 0, [1, 1]),
    ])
    func batchesAreFullOrOne(count: Int, maxBatchSize: Int, expected: [Int]) async throws {
        let session = session()
        let recognizer = try FaceRecognizer(session: session, pool: pool, maxBatchSize: maxBatchSize)
        let people = try await recognizer.recognize(faces(count), in: picture)
        #expect(session.given == expected.map { [$0, 3, 112, 112] })
        #expect(people.map(\.face) == faces(count))
        let expectedValues = (0..<count).map { (index: Int) -> Float in (Float(index * 5) - 127.5) / 127.5 }
        #expect(people.map { $0.embedding[0] } == expectedValues)
        #expect(Set(session.given).isSubset(of: recognizer.warmUpShapes(maxResolution: 736)))
    }

    @Test func aFixedBatchIsKeptTo() async throws {
        let session = session([3, 3, 112, 112])
        let recognizer = try FaceRecognizer(session: session, pool: pool, maxBatchSize: 6)
        #expect(try await recognizer.recognize(faces(4), in: picture).count == 4)
        #expect(session.given == [[3, 3, 112, 112], [3, 3, 112, 112]])
        #expect(recognizer.warmUpShapes(maxResolution: 736) == [[3, 3, 112, 112]])
    }

    @Test(arguments: [(6, [1, 6]), (1, [1]), (-2, [1])])
    func shapesToWarmUp(maxBatchSize: Int, expected: [Int]) throws {
        let recognizer = try FaceRecognizer(session: session(), pool: pool, maxBatchSize: maxBatchSize)
        #expect(recognizer.warmUpShapes(maxResolution: 736) == expected.map { [$0, 3, 112, 112] })
    }
}
