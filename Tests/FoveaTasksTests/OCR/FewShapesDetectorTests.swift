import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Testing

/// A detector where each new shape costs a compilation.
@Suite struct FewShapesDetectorTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// Finds text in the columns 10..<30 and rows 8..<14, and wherever `drawn`
    /// says.
    private func session(
        _ type: ElementType = .float32, _ shape: [Int?] = [1, 3, nil, nil],
        also drawn: [(Range<Int>, Range<Int>, Float)] = [],
        check: @escaping @Sendable (Tensor) throws -> Void = { _ in }
    ) -> FewShapesSession {
        FewShapesSession(
            FakeSession(
                inputs: [TensorInfo(name: "x", elementType: type, shape: shape)], outputs: []
            ) { inputs in
                let input = try #require(inputs.first)
                try check(input)
                let sides = input.shape[1] == 3 ? input.shape[2...] : input.shape[1...2]
                let (height, width) = (sides[sides.startIndex], sides[sides.startIndex + 1])
                let map = map(width, height, [(10..<30, 8..<14, 0.9)] + drawn)
                return [Tensor(shape: [1, 1, height, width], map.values)]
            })
    }

    /// Grey, and white in its last column.
    private func picture(_ width: Int, _ height: Int) -> PixelImage {
        PixelImage(width: width, height: height) { pixels in
            for index in pixels.indices { pixels[index] = index / 3 % width == width - 1 ? 255 : 51 }
        }
    }

    private func detect(_ session: any ModelSession, _ image: PixelImage, maxResolution: Int = 736)
        async throws -> [DetectedText]
    {
        try await TextDetector(session: session, pool: pool)
            .detect(in: image, minScore: 0.5, maxResolution: maxResolution)
    }

    @Test func picturesShareCanvases() async throws {
        let session = session()
        for (width, height) in [(64, 64), (96, 64), (256, 256), (640, 480), (608, 416), (576, 448)] {
            _ = try await detect(session, picture(width, height))
        }
        let canvases = session.given.map { Array($0[2...]) }
        #expect(canvases == [[256, 256], [256, 256], [256, 256], [480, 640], [480, 640], [480, 640]])
    }

    /// 6.31…33.69 and 4.31…17.69 on a canvas of its own as well: see
    /// `TextDetectorTests`.
    @Test func cornersAreThoseOfACanvasOfItsOwn() async throws {
        let session = session()
        let lines = try await detect(session, picture(128, 64))
        #expect(session.given == [[1, 3, 256, 256]])
        #expect(lines.map(\.corners) == [points([6, 4, 34, 4, 34, 18, 6, 18])])
    }

    @Test func paddingIsNotLookedAt() async throws {
        let session = session(also: [(150..<200, 20..<40, 1), (20..<100, 70..<90, 1)])
        #expect(try await detect(session, picture(128, 64)).count == 1)
    }

    /// The last column goes on to the right, the last row to the bottom.
    @Test func edgesGoOn() async throws {
        let session = session { input in
            let values = try input.floats()
            func value(_ x: Int, _ y: Int) -> Float { values[y * 256 + x] }
            let (grey, white): (Float, Float) = (51 / 127.5 - 1, 1)
            #expect(value(126, 0) == grey && value(127, 63) == white)
            #expect(value(128, 0) == white && value(255, 255) == white)
            #expect(value(0, 64) == grey && value(126, 255) == grey)
        }
        _ = try await detect(session, picture(128, 64))
        #expect(session.given.count == 1)
    }

    @Test func bytesGraphGetsTheSameCanvas() async throws {
        let session = session(.uint8, [1, nil, nil, 3]) { input in
            let isExtended = try input.withElements(as: UInt8.self) {
                $0[128 * 3] == 255 && $0[100 * 768] == 51
            }
            #expect(isExtended)
        }
        #expect(try await detect(session, picture(128, 64)).count == 1)
        #expect(session.given == [[1, 256, 256, 3]])
    }

    /// A graph that takes a mask, in that order or the other.
    private func masked(
        _ order: [Int] = [0, 1], check: @escaping @Sendable ([Float], [Int]) throws -> Void
    ) -> FakeSession {
        let infos = [
            TensorInfo(name: "x", elementType: .float32, shape: [1, 3, nil, nil]),
            TensorInfo(name: "mask", elementType: .float32, shape: [1, 1, nil, nil]),
        ]
        return FakeSession(inputs: order.map { infos[$0] }, outputs: []) { inputs in
            let shape = inputs[order[0]].shape
            let mask = inputs[order[1]]
            #expect(mask.shape == [1, 1, shape[2], shape[3]])
            try check(try mask.floats(), shape)
            return [
                Tensor(
                    shape: [1, 1, shape[2], shape[3]],
                    map(shape[3], shape[2], [(10..<30, 8..<14, 0.9)]).values)
            ]
        }
    }

    @Test(arguments: [[0, 1], [1, 0]])
    func theMaskIsOneInThePicture(order: [Int]) async throws {
        let session = FewShapesSession(
            masked(order) { mask, shape in
                #expect(shape == [1, 3, 256, 256])
                #expect(mask.indices.allSatisfy { mask[$0] == ($0 % 256 < 128 && $0 / 256 < 64 ? 1 : 0) })
            })
        #expect(try await detect(session, picture(128, 64)).count == 1)
    }

    @Test func theMaskOfACanvasOfItsOwnIsAllOnes() async throws {
        let session = masked { mask, shape in
            #expect(shape == [1, 3, 64, 128])
            #expect(mask.allSatisfy { $0 == 1 })
        }
        #expect(try await detect(session, picture(128, 64)).count == 1)
    }

    @Test func itIsWarmedWithAFullMask() throws {
        let detector = try TextDetector(session: FewShapesSession(masked { _, _ in }), pool: pool)
        let shape = try #require(detector.warmUpShapes(maxResolution: 32).first)
        let inputs = detector.warmUpInputs(Tensor(shape: shape, [Float](repeating: 0, count: 3 * 32 * 32)))
        #expect(inputs.map(\.shape) == [[1, 3, 32, 32], [1, 1, 32, 32]])
        #expect(try inputs[1].floats().allSatisfy { $0 == 1 })
    }

    @Test func fixedCanvasIsKeptTo() async throws {
        let session = session(.float32, [1, 3, 480, 640])
        _ = try await detect(session, picture(300, 200))
        #expect(session.given == [[1, 3, 480, 640]])
        let detector = try TextDetector(session: session, pool: pool)
        #expect(detector.warmUpShapes(maxResolution: 736) == [[1, 3, 480, 640]])
    }

    @Test func photosAndScreensRunWarm() async throws {
        let session = session()
        let detector = try TextDetector(session: session, pool: pool)
        let warm = detector.warmUpShapes(maxResolution: 96)
        #expect(warm.first == [1, 3, 96, 128])
        // 96: 4:3, 3:2, 16:9, 13:6, 20:9, 2:1 and square are 128, 144, 171, 208, 213, 192 and 96: by multiples
        // of 32, four long sides that lie or stand, and the square.
        #expect(warm.prefix(while: { $0[2...].min() == 96 }).count == 9)
        for (width, height) in [(400, 300), (300, 400), (800, 450), (2400, 1080), (33, 40), (64, 100)] {
            _ = try await detect(session, picture(width, height), maxResolution: 96)
        }
        #expect(Set(session.given).isSubset(of: warm))
    }

    @Test func aBytesGraphIsWarmedWithItsLayout() throws {
        let detector = try TextDetector(session: session(.uint8, [1, nil, nil, 3]), pool: pool)
        #expect(detector.warmUpShapes(maxResolution: 32).first == [1, 32, 32, 3])
    }
}
