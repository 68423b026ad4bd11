import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Testing

/// The flow around a made-up model that answers a map with a drawn rectangle.
@Suite struct TextDetectorTests {
    private let pool = BlockingPool(name: "test", width: 1)

    private func picture(_ width: Int, _ height: Int) -> PixelImage {
        PixelImage(width: width, height: height, pixels: [UInt8](repeating: 200, count: width * height * 3))
    }

    /// Answers 0.9 in columns 10..<30 and rows 8..<14 of a map as large as the
    /// input; see `TextLinesTests` for what comes of it.
    private func session(
        _ type: ElementType = .float32, _ shape: [Int?] = [nil, 3, nil, nil],
        check: @escaping @Sendable (Tensor) throws -> Void = { _ in }
    ) -> FakeSession {
        FakeSession(
            inputs: [TensorInfo(name: "x", elementType: type, shape: shape)],
            outputs: [TensorInfo(name: "map", elementType: .float32, shape: [nil, 1, nil, nil])]
        ) { inputs in
            let input = try #require(inputs.first)
            try check(input)
            let isPlanar = input.shape[1] == 3
            let (height, width) =
                isPlanar ? (input.shape[2], input.shape[3]) : (input.shape[1], input.shape[2])
            let drawn = map(width, height, [(10..<30, 8..<14, 0.9)])
            return [Tensor(shape: [1, 1, height, width], drawn.values)]
        }
    }

    private func detect(_ session: FakeSession, _ image: PixelImage, maxResolution: Int = 736) async throws
        -> [DetectedText]
    {
        try await TextDetector(session: session, pool: pool)
            .detect(in: image, minScore: 0.5, maxResolution: maxResolution)
    }

    @Test func cornersAreScaledToThePicture() async throws {
        let lines = try await detect(
            session { #expect($0.shape == [1, 3, 32, 64]) }, picture(128, 64), maxResolution: 32)
        // 6.31…33.69 and 4.31…17.69, twice as much in the picture
        #expect(lines.map(\.corners) == [points([13, 9, 67, 9, 67, 35, 13, 35])])
    }

    @Test func bytesGraphGetsBytes() async throws {
        let session = session(.uint8, [1, nil, nil, 3]) { input in
            #expect(input.shape == [1, 32, 64, 3])
            let isRaw = try input.withElements(as: UInt8.self) { $0.allSatisfy { $0 == 200 } }
            #expect(isRaw)
        }
        #expect(try await detect(session, picture(64, 32)).count == 1)
    }

    /// The canvas is 96 × 64, the picture's part 96 × 32: three quarters of
    /// its size.
    @Test func fixedCanvasIsPadded() async throws {
        let session = session(.float32, [1, 3, 64, 96]) { input in
            let values = try input.floats()
            #expect(abs(values[0] - (200 / 127.5 - 1)) < 1e-6)
            #expect(values[32 * 96] == 0)
        }
        let lines = try await detect(session, picture(128, 43))
        // 6.31 / 96 · 128 = 8.41, 33.69 / 96 · 128 = 44.9; 4.31 / 32 · 43 = 5.8, 17.69 / 32 · 43 = 23.8
        #expect(lines.map(\.corners) == [points([8, 6, 45, 6, 45, 24, 8, 24])])
    }

    /// A map that shows text only where the picture is not.
    @Test func paddingIsNotLookedAt() async throws {
        let session = FakeSession(
            inputs: [TensorInfo(name: "x", elementType: .float32, shape: [1, 3, 64, 64])],
            outputs: []
        ) { _ in [Tensor(shape: [1, 1, 64, 64], map(64, 64, [(10..<50, 40..<60, 1)]).values)] }
        #expect(try await detect(session, picture(640, 320)).isEmpty)
    }

    @Test(arguments: [(31, 500), (500, 31), (1, 1), (1, 20_000)])
    func smallPicturesHaveNoText(width: Int, height: Int) async throws {
        let session = session { _ in Issue.record("The model ran") }
        #expect(try await detect(session, picture(width, height)).isEmpty)
    }

    @Test(arguments: [1, 16, 1_000_000_000, Int.max])
    func anyResolutionWorks(maxResolution: Int) async throws {
        _ = try await detect(session(), picture(20_000, 40), maxResolution: maxResolution)
    }

    @Test(arguments: [0, -1, Int.min])
    func noResolutionIsRefused(maxResolution: Int) async throws {
        await #expect {
            _ = try await detect(session(), picture(64, 64), maxResolution: maxResolution)
        } throws: {
            ($0 as? FoveaError)?.code == .invalidRequest
        }
    }

    @Test(arguments: [[1, 2, 32, 32], [32 * 32 * 2], [2, 1, 32, 32]])
    func otherOutputsAreRefused(shape: [Int]) async throws {
        let session = FakeSession(
            inputs: [TensorInfo(name: "x", elementType: .float32, shape: [1, 3, nil, nil])], outputs: []
        ) { _ in [Tensor(shape: shape, [Float](repeating: 0, count: 32 * 32 * 2))] }
        await #expect { _ = try await detect(session, picture(64, 64)) } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    @Test func fixedBatchIsRefused() {
        #expect(throws: FoveaError.self) {
            try TextDetector(session: session(.float32, [4, 3, nil, nil]), pool: pool)
        }
    }
}
