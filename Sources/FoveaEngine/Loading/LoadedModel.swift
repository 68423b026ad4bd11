import FoveaCore
import FoveaTasks

/// A model in memory, ready for its step.
enum LoadedModel: Sendable {
    case imageEncoder(CLIPImageEncoder)
    case textEncoder(CLIPTextEncoder)
    case faceDetector(FaceDetector)
    case faceRecognizer(FaceRecognizer)
    case textDetector(TextDetector)
    case textRecognizer(TextRecognizer)

    /// Does a step.
    ///
    /// - Parameter previous: what the step before it in the same task answered.
    func run(_ step: PredictionRequest.Step, on subject: Subject, after previous: Answer?) async throws
        -> Answer
    {
        let id = step.model
        switch (self, step) {
        case (.imageEncoder(let encoder), .clipVisual):
            if case .file(let file) = subject { return .embedding(try await encoder.embed(file)) }
            return .embedding(try await encoder.embed(try subject.image(for: id)))
        case (.textEncoder(let encoder), .clipTextual(_, let language)):
            return .embedding(try await encoder.embed(try subject.text(for: id), language: language))
        case (.faceDetector(let detector), .faceDetection(_, let minScore)):
            return .detectedFaces(
                try await detector.detect(in: try subject.image(for: id), minScore: minScore))
        case (.faceRecognizer(let recognizer), .faceRecognition):
            guard case .detectedFaces(let faces) = previous else { throw Self.missingDetection(before: id) }
            return .faces(try await recognizer.recognize(faces, in: try subject.image(for: id)))
        case (.textDetector(let detector), .textDetection(_, let minScore, let maxResolution)):
            return .detectedText(
                try await detector.detect(
                    in: try subject.image(for: id), minScore: minScore, maxResolution: maxResolution))
        case (.textRecognizer(let recognizer), .textRecognition(_, let minScore)):
            guard case .detectedText(let lines) = previous else { throw Self.missingDetection(before: id) }
            return .text(
                try await recognizer.recognize(lines, in: try subject.image(for: id), minScore: minScore))
        default:
            // The loader picks the case by the same task and type that name the step.
            preconditionFailure("\(id) was loaded as another kind of model")
        }
    }

    private static func missingDetection(before id: ModelID) -> FoveaError {
        FoveaError(
            .invalidRequest,
            "\(id.task.rawValue) recognition needs detection in the same request: add a 'detection' entry.")
    }
}
