import FoveaCore
import FoveaEngine
import FoveaModels
import Foundation
import ONNXRuntimeBackend
import Testing

/// The whole way from a file's bytes to an answer, with real weights, against
/// what the reference service answered.
@Suite struct GoldenTests {
    /// One engine for all cases, so that each model is loaded once.
    static let engine = Result {
        Engine(
            store: ModelStore(folder: GoldenFixtures.demoModels),
            backend: try TestDevice.backend())
    }
    static let pictures = Result { try GoldenFixtures.pictures() }
    static let texts = Result { try GoldenFixtures.texts() }
    static let pictureNames = (try? pictures.get().keys.sorted()) ?? []
    static let textNames = (try? texts.get().keys.sorted()) ?? []

    private func answers(
        to steps: [PredictionRequest.Step], about picture: String
    ) async throws -> (PredictionResponse, GoldenFixtures.Picture) {
        let recorded = try #require(try Self.pictures.get()[picture])
        let request = PredictionRequest(payload: .image(try GoldenFixtures.bytes(of: picture)), steps: steps)
        return (try await Self.engine.get().predict(request).response, recorded)
    }

    @Test func thereAreRecordedAnswers() throws {
        // Without this, a fixture that cannot be read would make no cases, and pass.
        #expect(try Self.pictures.get().count >= 30)
        #expect(try Self.texts.get().count >= 20)
    }

    @Test(arguments: pictureNames)
    func imageEmbedding(picture: String) async throws {
        let (response, recorded) = try await answers(to: [.clipVisual(model: "demo-clip")], about: picture)
        guard case .embedding(let embedding) = response.answers.first?.answer else {
            Issue.record("\(response)")
            return
        }
        #expect(response.imageSize == ImageSize(width: recorded.width, height: recorded.height))
        #expect(cosine(embedding, recorded.clip.values) >= 0.9999)
    }

    @Test(arguments: textNames)
    func textEmbedding(text: String) async throws {
        let recorded = try #require(try Self.texts.get()[text])
        // The contract, not the engine, refuses an empty text.
        guard let vector = recorded.clip else { return #expect(text.isEmpty) }
        let response = try await Self.engine.get().predict(
            PredictionRequest(
                payload: .text(text), steps: [.clipTextual(model: "demo-clip", language: nil)])
        ).response
        guard case .embedding(let embedding) = response.answers.first?.answer else {
            Issue.record("\(response)")
            return
        }
        #expect(cosine(embedding, vector.values) >= 0.9999)
    }

    @Test(arguments: pictureNames)
    func faces(picture: String) async throws {
        let (response, recorded) = try await answers(
            to: [.faceDetection(model: "demo-faces", minScore: 0.5), .faceRecognition(model: "demo-faces")],
            about: picture)
        guard case .faces(let faces) = response.answers.first?.answer else {
            Issue.record("\(response)")
            return
        }
        #expect(faces.count == recorded.faces.count)
        for (face, expected) in zip(faces, recorded.faces) {
            let box = face.face.box
            #expect(overlap([box.x1, box.y1, box.x2, box.y2], expected.box) >= 0.98)
            #expect(abs(face.face.score - expected.score) <= 0.005)
            #expect(cosine(face.embedding, expected.embedding.values) >= 0.999)
        }
    }

    @Test(arguments: pictureNames)
    func text(picture: String) async throws {
        let (response, recorded) = try await answers(
            to: [
                .textDetection(model: "PP-OCRv5_mobile", minScore: 0.5, maxResolution: 736),
                .textRecognition(model: "PP-OCRv5_mobile", minScore: 0.8),
            ], about: picture)
        guard case .text(let lines) = response.answers.first?.answer else {
            Issue.record("\(response)")
            return
        }
        // Lines that score less may go either way by rounding.
        let read = lines.filter { $0.score >= 0.9 }
        let expected = recorded.ocr.text.indices.filter { recorded.ocr.textScore[$0] >= 0.9 }
        #expect(read.map(\.text) == expected.map { recorded.ocr.text[$0] })
        for (line, index) in zip(read, expected) {
            for (corner, point) in line.line.corners.enumerated() {
                let x = recorded.ocr.box[index * 8 + corner * 2] * Float(recorded.width)
                let y = recorded.ocr.box[index * 8 + corner * 2 + 1] * Float(recorded.height)
                #expect(abs(point.x - x) <= 3 && abs(point.y - y) <= 3, "'\(line.text)', corner \(corner)")
            }
        }
    }

    @Test func oneRequestMayAskForEverything() async throws {
        let steps: [PredictionRequest.Step] = [
            .textRecognition(model: "PP-OCRv5_mobile"), .clipVisual(model: "demo-clip"),
            .textDetection(model: "PP-OCRv5_mobile"), .faceDetection(model: "demo-faces"),
            .faceRecognition(model: "demo-faces"),
        ]
        let (response, recorded) = try await answers(to: steps, about: "astronaut.jpg")
        #expect(response.answers.map(\.task) == [.ocr, .clip, .facialRecognition])
        guard case .embedding(let embedding) = response.answers[1].answer,
            case .faces(let faces) = response.answers[2].answer
        else {
            Issue.record("\(response)")
            return
        }
        #expect(cosine(embedding, recorded.clip.values) >= 0.9999)
        #expect(faces.count == 1)
    }
}
