import FoveaCore
import FoveaEngine
import FoveaTesting
import Testing

/// Which models are found, and what is said of those that are not.
@Suite struct TinyModelTests {
    private let picture = PredictionRequest.Payload.image(Bitmap.grey(200, width: 64, height: 64))

    /// A map with text in columns 10 to 29 and rows 8 to 13.
    private var textDetector: ONNXModel {
        let map = (0..<64 * 64).map { index -> Float in
            10..<30 ~= index % 64 && 8..<14 ~= index / 64 ? 0.9 : 0
        }
        return .constant(
            [("map", Tensor(shape: [1, 1, 64, 64], map))], inputs: [.init("x", .float32, [1, 3, 64, 64])])
    }

    private func code(
        _ cache: TinyCache, _ payload: PredictionRequest.Payload, _ step: PredictionRequest.Step
    )
        async -> FoveaError.Code?
    {
        do {
            _ = try await cache.answer(payload, step)
            return nil
        } catch {
            return (error as? FoveaError)?.code
        }
    }

    /// Dilated, the box is 20 × 6 between the outermost pixels' centres, 10 to
    /// 30 and 8 to 14. It grows by 20 · 6 · 1.6 / 26 = 7.38, half of it to
    /// either side: 6.31…33.69 and 4.31…17.69.
    @Test func textDetectionAlone() async throws {
        var cache = TinyCache()
        cache.add(ModelID(.ocr, .detection, name: "PP-OCRv5_mobile"), textDetector)
        let answer = try await cache.answer(picture, .textDetection(model: "PP-OCRv5_mobile"))
        let lines = try #require(answer.detectedText)
        #expect(lines.count == 1)
        let corners = lines.first?.corners.flatMap { [$0.x, $0.y] }
        #expect(corners == [6, 4, 34, 4, 34, 18, 6, 18])
    }

    /// Recognisers for a language share the detector they are named after.
    @Test func languagesShareTheirDetector() async throws {
        var cache = TinyCache()
        cache.add(ModelID(.ocr, .detection, name: "PP-OCRv5_mobile"), textDetector)
        let answer = try await cache.answer(picture, .textDetection(model: "EN__PP-OCRv5_mobile"))
        #expect(answer.detectedText?.count == 1)
    }

    @Test func namesAreCleaned() async throws {
        var cache = TinyCache()
        cache.add(ModelID(.ocr, .detection, name: "a__b"), textDetector)
        #expect(await code(cache, picture, .textDetection(model: "immich-app/a::b")) == nil)
    }

    @Test(arguments: [
        PredictionRequest.Step.clipVisual(model: "absent"), .faceDetection(model: "absent"),
        .faceRecognition(model: "absent"), .textDetection(model: "absent"), .textRecognition(model: "absent"),
        // It is there, for another task and as another part.
        .clipVisual(model: "tiny"), .textRecognition(model: "tiny"), .faceDetection(model: "tiny"),
        .textDetection(model: ""), .textDetection(model: ".."), .textDetection(model: "../detection"),
    ])
    func anUnknownModelIsTold(step: PredictionRequest.Step) async {
        var cache = TinyCache()
        cache.add(ModelID(.ocr, .detection, name: "tiny"), textDetector)
        #expect(await code(cache, picture, step) == .modelNotFound)
    }

    @Test func anUnknownTextTowerIsTold() async {
        #expect(
            await code(TinyCache(), .text("a"), .clipTextual(model: "absent", language: nil))
                == .modelNotFound)
    }

    /// A graph without the files that say how to use it.
    @Test func aMissingFileIsTold() async {
        var cache = TinyCache()
        let graph = ONNXModel(
            inputs: [.init("image", .float32, [1, 3, 2, 2])], outputs: [.init("y", .float32, [1, 12])],
            nodes: [.init("Flatten", ["image"], ["y"])])
        cache.add(ModelID(.clip, .visual, name: "tiny"), graph)
        #expect(await code(cache, picture, .clipVisual(model: "tiny")) == .modelInvalid)
    }

    /// A model of another kind under a face detector's name.
    @Test func anotherKindOfModelIsTold() async {
        var cache = TinyCache()
        cache.add(ModelID(.facialRecognition, .detection, name: "tiny"), textDetector)
        #expect(await code(cache, picture, .faceDetection(model: "tiny")) == .modelInvalid)
    }
}
