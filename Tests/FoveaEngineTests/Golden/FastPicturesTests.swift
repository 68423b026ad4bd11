import FoveaCore
import FoveaEngine
import FoveaModels
import Foundation
import ONNXRuntimeBackend
import Testing

/// What decoding JPEGs at a part of their size costs, with real weights.
@Suite struct FastPicturesTests {
    static let engine = Result {
        var configuration = EngineConfiguration()
        configuration.pictureDecoding = .fast
        return Engine(
            store: ModelStore(folder: GoldenFixtures.demoModels), backend: try TestDevice.backend(),
            configuration: configuration)
    }
    /// With at least 896 pixels on the short side, a JPEG is decoded at a half
    /// of its size or less for a model that looks at 224.
    static let large = GoldenTests.pictureNames.filter { name in
        guard let recorded = try? GoldenTests.pictures.get()[name] else { return false }
        return min(recorded.width, recorded.height) >= 896 && name.hasSuffix(".jpg")
    }

    @Test func thereAreLargePictures() {
        #expect(!Self.large.isEmpty)
    }

    /// Against what the reference service answered. The bound is what was
    /// measured for the worst photo, see docs/settings.md.
    @Test(arguments: large) func embeddingsStayClose(picture: String) async throws {
        let recorded = try #require(try GoldenTests.pictures.get()[picture])
        let request = PredictionRequest(
            payload: .image(try GoldenFixtures.bytes(of: picture)),
            steps: [.clipVisual(model: "demo-clip")])
        let response = try await Self.engine.get().predict(request).response
        let exact = try await GoldenTests.engine.get().predict(request).response
        guard case .embedding(let embedding) = response.answers.first?.answer else {
            Issue.record("\(response)")
            return
        }
        #expect(response.imageSize == ImageSize(width: recorded.width, height: recorded.height))
        #expect(cosine(embedding, recorded.clip.values) >= 0.996)
        // The same numbers would mean that it was decoded whole.
        #expect(embedding != exact.answers.first?.answer.embedding)
    }
}
