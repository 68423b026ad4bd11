import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Testing

@Suite struct CLIPImageEncoderTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// 2 × 2: (byte / 255 − ½) / ½ for red, / ¼ for green, and / 1 for blue.
    private let preprocessing = Result {
        try ImagePreprocessing(
            json: Array(#"{"size":2,"mean":[0.5,0.5,0.5],"std":[0.5,0.25,1],"interpolation":"box"}"#.utf8))
    }
    /// Red 255, green 0, blue 51 on the left; black, white, white on the right.
    private let picture = PixelImage(
        width: 2, height: 2, pixels: [255, 0, 51, 0, 255, 255, 255, 0, 51, 0, 255, 255])

    private func session(
        _ type: ElementType, _ shape: [Int?],
        _ output: Tensor = Tensor(shape: [1, 2], [0.6, 0.8] as [Float]),
        check: @escaping @Sendable (Tensor) throws -> Void = { _ in }
    ) -> FakeSession {
        FakeSession(
            inputs: [TensorInfo(name: "image", elementType: type, shape: shape)],
            outputs: [TensorInfo(name: "embedding", elementType: output.elementType, shape: [nil, nil])]
        ) { inputs in
            #expect(inputs.count == 1)
            try check(try #require(inputs.first))
            return [output]
        }
    }

    private func embed(_ session: FakeSession) async throws -> [Float] {
        try await CLIPImageEncoder(session: session, preprocessing: preprocessing.get(), pool: pool)
            .embed(picture)
    }

    /// Planes by hand: (1 − ½) / ½ = 1 and −1; −2 and 2; 0.2 − 0.5 = −0.3 and 0.5.
    private static let planes: [Float] = [1, -1, 1, -1, -2, 2, -2, 2, -0.3, 0.5, -0.3, 0.5]

    @Test(arguments: [[1, 3, 2, 2], [nil, 3, 2, 2], [nil, 3, nil, nil], [1, nil, nil, nil]] as [[Int?]])
    func floatsAreScaledPlanes(shape: [Int?]) async throws {
        let session = session(.float32, shape) { input in
            #expect(input.shape == [1, 3, 2, 2])
            let values = try input.floats()
            #expect(zip(values, Self.planes).allSatisfy { abs($0 - $1) < 1e-6 }, "\(values)")
        }
        #expect(try await embed(session) == [0.6, 0.8])
    }

    @Test func halfFloats() async throws {
        let answer = Tensor(shape: [1, 2], [0.5, -0.25] as [Float16])
        let session = session(.float16, [1, 3, 2, 2], answer) { input in
            #expect(input.elementType == .float16)
            let values = try input.floats()
            // A half's steps below 0.5 are 2⁻¹², of which rounding leaves half.
            #expect(zip(values, Self.planes).allSatisfy { abs($0 - $1) <= 0x1p-13 }, "\(values)")
        }
        #expect(try await embed(session) == [0.5, -0.25])
    }

    @Test(arguments: [[1, 2, 2, 3], [nil, nil, nil, 3], [nil, nil, nil, nil]] as [[Int?]])
    func bytesAreRawAndInterleaved(shape: [Int?]) async throws {
        let pixels = picture.pixels
        let session = session(.uint8, shape) { input in
            #expect(input.shape == [1, 2, 2, 3])
            let bytes = try input.withElements(as: UInt8.self) { Array($0) }
            #expect(bytes == pixels)
        }
        #expect(try await embed(session) == [0.6, 0.8])
    }

    /// Three rows go in, and the first of three comes out.
    @Test func aFixedBatchIsGivenAndItsFirstRowTaken() async throws {
        let answer = Tensor(shape: [3, 2], [1, 2, 3, 4, 5, 6] as [Float])
        let session = session(.float32, [3, 3, 2, 2], answer) { input in
            #expect(input.shape == [3, 3, 2, 2])
            let values = try input.floats()
            #expect(zip(values, Self.planes).allSatisfy { abs($0 - $1) < 1e-6 })
            #expect(values.dropFirst(12).allSatisfy { $0 == 0 })
        }
        #expect(try await embed(session) == [1, 2])
    }

    @Test func aPictureIsPreparedByTheFile() async throws {
        // 4 × 2, of which the middle columns 1 and 2 are kept.
        let wide = PixelImage(width: 4, height: 2, pixels: (0..<8).flatMap { [UInt8($0 % 4), 0, 0] })
        let session = session(.uint8, [1, 2, 2, 3]) { input in
            let bytes = try input.withElements(as: UInt8.self) { Array($0) }
            #expect(bytes == [1, 0, 0, 2, 0, 0, 1, 0, 0, 2, 0, 0])
        }
        _ = try await CLIPImageEncoder(session: session, preprocessing: preprocessing.get(), pool: pool)
            .embed(wide)
    }

    @Test func otherModelsAreRefused() {
        let others: [(ElementType, [Int?])] = [
            (.int32, [1, 3, 2, 2]), (.float32, [1, 1, 2, 2]), (.float32, [1, 2, 2]),
            // Made for pictures of another size.
            (.float32, [1, 3, 4, 4]), (.uint8, [1, 2, 4, 3]),
        ]
        for (type, shape) in others {
            let session = session(type, shape)
            #expect {
                try CLIPImageEncoder(session: session, preprocessing: preprocessing.get(), pool: pool)
            } throws: {
                ($0 as? FoveaError)?.code == .modelInvalid
            }
        }
    }

    /// Three numbers are no two rows.
    @Test func anAnswerThatDoesNotFitIsRefused() async {
        let session = session(.float32, [2, 3, 2, 2], Tensor(shape: [3], [1, 2, 3] as [Float]))
        await #expect {
            try await embed(session)
        } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }
}
