import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Testing

/// The flow around a made-up model.
@Suite struct FaceDetectorTests {
    private let pool = BlockingPool(name: "test", width: 1)

    private func picture(_ width: Int, _ height: Int, value: UInt8 = 255) -> PixelImage {
        PixelImage(width: width, height: height, pixels: [UInt8](repeating: value, count: width * height * 3))
    }

    private func session(
        _ heads: SCRFDHeads, _ type: ElementType = .float32, _ shape: [Int?],
        check: @escaping @Sendable (Tensor) throws -> Void = { _ in }
    ) -> FakeSession {
        let tensors = heads.tensors
        return FakeSession(
            inputs: [TensorInfo(name: "input.1", elementType: type, shape: shape)],
            outputs: tensors.indices.map {
                TensorInfo(name: "\($0)", elementType: .float32, shape: [nil, nil])
            }
        ) { inputs in
            try check(try #require(inputs.first))
            return tensors
        }
    }

    /// Heads for a canvas of 64 × 64 with anchors of stride 8 at (0, 0).
    private func heads(_ anchors: (row: Int, score: Float, distances: [Float])...) -> SCRFDHeads {
        SCRFDHeads(
            count: 9, canvas: ImageSize(width: 64, height: 64),
            anchors: anchors.map {
                SCRFDHeads.Anchor(stride: 8, row: $0.row, score: $0.score, distances: $0.distances)
            })
    }

    private func detect(_ session: FakeSession, _ image: PixelImage, minScore: Float = 0.5) async throws
        -> [DetectedFace]
    {
        try await FaceDetector(session: session, pool: pool).detect(in: image, minScore: minScore)
    }

    /// As an Intel GPU did (immich-app/immich#29756).
    @Test func facesWithoutExtentAreADevicesFault() async throws {
        let heads = heads((0, 0.9, [0, 0, 0, 0]), (20, 0.8, [1, 1, 1, 1]))
        var session = session(heads, .float32, [1, 3, 64, 64])
        session.placement.device = "openvino:GPU.0"
        let error = await #expect(throws: FoveaError.self) { try await detect(session, picture(64, 64)) }
        #expect(error?.code == .engineFailed)
        // On the processor there is nothing else to try.
        session.placement.device = "cpu"
        #expect(try await detect(session, picture(64, 64)).map(\.score) == [0.8])
    }

    /// 12800, 3200 and 800 rows for 640 × 640.
    @Test func freeGraphsAreGiven640() async throws {
        let heads = SCRFDHeads(
            count: 9, canvas: ImageSize(width: 640, height: 640),
            anchors: [
                SCRFDHeads.Anchor(
                    stride: 32, row: 799, score: 0.75, distances: [1, 1, 0, 0],
                    offsets: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            ])
        #expect(heads.tensors.map(\.shape[0]) == [12800, 3200, 800, 12800, 3200, 800, 12800, 3200, 800])
        let session = session(heads, .float32, [1, 3, nil, nil]) { #expect($0.shape == [1, 3, 640, 640]) }
        let faces = try await detect(session, picture(320, 320))
        // The last cell is at (608, 608), in a picture of half the size at 304; a stride is 16.
        #expect(faces.map(\.box) == [Box(x1: 288, y1: 288, x2: 304, y2: 304)])
        #expect(faces.first?.landmarks == points([304, 304, 304, 320, 304, 304, 304, 304, 304, 304]))
    }

    /// 64 × 32 of the canvas are white, (255 − 127.5) / 128; below it is black.
    @Test func fixedSizesAreKeptToAndPaddedBlack() async throws {
        let session = session(heads(), .float32, [1, 3, 64, 64]) { input in
            #expect(input.shape == [1, 3, 64, 64])
            let values = try input.floats()
            for plane in 0..<3 {
                let white = values[plane * 4096..<plane * 4096 + 2048]
                #expect(white.allSatisfy { $0 == 0.99609375 })
                #expect(values[plane * 4096 + 2048..<(plane + 1) * 4096].allSatisfy { $0 == -0.99609375 })
            }
        }
        #expect(try await detect(session, picture(128, 64)).isEmpty)
    }

    @Test func channelsAreRedGreenBlue() async throws {
        let blue = PixelImage(width: 1, height: 1, pixels: [0, 0, 255])
        let session = session(heads(), .float32, [nil, 3, 64, 64]) { input in
            let values = try input.floats()
            #expect([values[0], values[4096], values[8192]] == [-0.99609375, -0.99609375, 0.99609375])
        }
        _ = try await detect(session, blue)
    }

    @Test func bytesGraphGetsBytes() async throws {
        let session = session(heads(), .uint8, [1, 64, 64, 3]) { input in
            #expect(input.shape == [1, 64, 64, 3])
            let bytes = try input.withElements(as: UInt8.self) { Array($0) }
            #expect(bytes[0] == 200 && bytes[32 * 64 * 3 - 1] == 200 && bytes[32 * 64 * 3] == 0)
        }
        _ = try await detect(session, picture(64, 32, value: 200))
    }

    @Test func theLeastScoreIsEnoughAndTheBestComesFirst() async throws {
        let heads = heads(
            (0, 0.7, [0, 0, 1, 1]), (4, 0.9, [0, 0, 1, 1]), (8, Float(0.7).nextDown, [0, 0, 1, 1]))
        let faces = try await detect(session(heads, [1, 3, 64, 64]), picture(64, 64), minScore: 0.7)
        #expect(faces.map(\.score) == [0.9, 0.7])
        // Rows 0 and 4 are columns 0 and 2.
        #expect(faces.map(\.box.x1) == [16, 0])
    }

    /// The second covers half of the first.
    @Test func overlappingFacesAreOne() async throws {
        let heads = heads((0, 0.7, [0, 0, 2, 1]), (1, 0.9, [0, 0, 1, 1]))
        let faces = try await detect(session(heads, [1, 3, 64, 64]), picture(64, 64))
        #expect(faces.map(\.score) == [0.9])
    }

    /// A picture of half the canvas: distances of −1/8, 3/8, 5/8 and 7/8 of 8
    /// pixels end at 0.5, −1.5, 2.5 and 3.5; Python's round gives 0, −2, 2, 4.
    @Test func halvesAreRoundedToEven() async throws {
        let heads = heads((0, 0.9, [-0.125, 0.375, 0.625, 0.875]))
        let faces = try await detect(session(heads, [1, 3, 64, 64]), picture(32, 32))
        #expect(faces.map(\.box) == [Box(x1: 0, y1: -2, x2: 2, y2: 4)])
    }

    @Test func boxesMayReachBeyondThePicture() async throws {
        let heads = heads((0, 0.9, [10, 20, 30, 40]))
        let faces = try await detect(session(heads, [1, 3, 64, 64]), picture(64, 64))
        #expect(faces.map(\.box) == [Box(x1: -80, y1: -160, x2: 240, y2: 320)])
    }

    @Test func detectorsWithoutLandmarksFindFaces() async throws {
        let heads = SCRFDHeads(
            count: 6, canvas: ImageSize(width: 64, height: 64),
            anchors: [SCRFDHeads.Anchor(stride: 32, row: 0, score: 0.9, distances: [0, 0, 1, 1])])
        let faces = try await detect(session(heads, [1, 3, 64, 64]), picture(64, 64))
        #expect(faces == [DetectedFace(box: Box(x1: 0, y1: 0, x2: 32, y2: 32), score: 0.9, landmarks: [])])
    }

    @Test func otherModelsAreRefused() {
        let headless = FakeSession(
            inputs: [TensorInfo(name: "x", elementType: .float32, shape: [1, 3, nil, nil])], outputs: []
        ) { _ in [] }
        for other in [session(heads(), [2, 3, 64, 64]), headless] {
            #expect {
                try FaceDetector(session: other, pool: pool)
            } throws: {
                ($0 as? FoveaError)?.code == .modelInvalid
            }
        }
    }

    /// Heads for 64 × 64 where 128 × 128 went in.
    @Test func headsThatDoNotFitAreRefused() async throws {
        let session = session(heads(), [1, 3, 128, 128])
        await #expect {
            try await detect(session, picture(64, 64))
        } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    private func session(_ heads: SCRFDHeads, _ shape: [Int?]) -> FakeSession {
        session(heads, .float32, shape)
    }
}
