import FoveaClient
import FoveaCore
import FoveaEngine
import Foundation

/// What is asked of two services about one model, as Immich's server asks it.
struct ServiceQuestion {
    /// Two services' answers to the same.
    struct Pair {
        var local: PredictionResponse
        var remote: ServiceAnswer
    }

    /// For people: `clip/ViT-B-32__openai/visual`, `ocr/PP-OCRv5_mobile`.
    var name: String
    var steps: [PredictionRequest.Step]
    var payloads: [PredictionRequest.Payload]
    /// The form's field.
    var entries: String

    /// - Parameter models: those that are installed here. Faces and texts are
    ///   asked for where both parts are.
    static func all(_ models: [ModelID]) -> [ServiceQuestion] {
        let pictures = ProbePicture.allCases.map { PredictionRequest.Payload.image($0.bytes) }
        return models.compactMap { id in
            let name = id.name
            let both = ModelID(id.task, .recognition, name: name)
            switch (id.task, id.type) {
            case (.clip, .textual):
                return ServiceQuestion(
                    name: id.description, steps: [.clipTextual(model: name, language: nil)],
                    payloads: ProbeTexts.all.map { .text($0) },
                    entries: #"{"clip":{"textual":{"modelName":"\#(name)"}}}"#)
            case (.clip, _):
                return ServiceQuestion(
                    name: id.description, steps: [.clipVisual(model: name)], payloads: pictures,
                    entries: #"{"clip":{"visual":{"modelName":"\#(name)"}}}"#)
            case (.facialRecognition, .detection) where models.contains(both):
                return ServiceQuestion(
                    name: "\(id.task.rawValue)/\(name)",
                    steps: [.faceDetection(model: name), .faceRecognition(model: name)], payloads: pictures,
                    entries: #"{"facial-recognition":{"detection":{"modelName":"\#(name)","options":"#
                        + #"{"minScore":0.7}},"recognition":{"modelName":"\#(name)"}}}"#)
            case (.ocr, .detection) where models.contains(both):
                return ServiceQuestion(
                    name: "\(id.task.rawValue)/\(name)",
                    steps: [.textDetection(model: name), .textRecognition(model: name, minScore: 0.8)],
                    payloads: pictures,
                    entries: #"{"ocr":{"detection":{"modelName":"\#(name)","options":{"minScore":0.5,"#
                        + #""maxResolution":736}},"recognition":{"modelName":"\#(name)","#
                        + #""options":{"minScore":0.8}}}}"#)
            default: return nil
            }
        }
    }

    func rows(_ pairs: [Pair], where place: String) -> [VerificationRow] {
        switch steps[0].model.task {
        case .clip:
            [
                row(pairs, place, .cosine) {
                    $0.embedding
                } _: {
                    $0.vector
                }
            ]
        case .facialRecognition:
            [
                row(pairs, place, .iou) {
                    $0.foundFaces
                } _: {
                    $0.foundFaces
                },
                row(pairs, place, .cosine) {
                    $0.recognizedFaces
                } _: {
                    $0.recognizedFaces
                },
            ]
        case .ocr:
            [
                row(pairs, place, .texts) {
                    $0.readText
                } _: {
                    $0.readText
                }
            ]
        }
    }

    private func row(
        _ pairs: [Pair], _ place: String, _ measure: ProofMeasure,
        _ local: (PredictionResponse) -> Answer?, _ remote: (ServiceAnswer) -> Answer?
    ) -> VerificationRow {
        let comparison = ProofComparison(
            pairs.compactMap { remote($0.remote) }, with: pairs.compactMap { local($0.local) },
            measure: measure)
        return VerificationRow(
            model: name, where: place, measure: measure, value: comparison.value,
            problem: comparison.remark)
    }
}

extension PredictionResponse {
    fileprivate var embedding: Answer? { answers.first?.answer }

    fileprivate var recognizedFaces: Answer? { answers.first?.answer }

    fileprivate var foundFaces: Answer? {
        guard case .faces(let faces) = answers.first?.answer else { return nil }
        return .detectedFaces(faces.map(\.face))
    }

    fileprivate var readText: Answer? { answers.first?.answer }
}

extension ServiceAnswer {
    fileprivate var vector: Answer? { embedding.map { .embedding($0) } }

    fileprivate var found: [RecognizedFace]? {
        faces?.map { face in
            RecognizedFace(
                face: DetectedFace(box: face.box, score: face.score, landmarks: []),
                embedding: face.embedding)
        }
    }

    fileprivate var recognizedFaces: Answer? { found.map { .faces($0) } }

    fileprivate var foundFaces: Answer? { found.map { .detectedFaces($0.map(\.face)) } }

    fileprivate var readText: Answer? {
        lines.map { lines in
            .text(
                lines.map {
                    RecognizedText(
                        line: DetectedText(corners: $0.corners, score: 1), text: $0.text, score: $0.score)
                })
        }
    }
}
