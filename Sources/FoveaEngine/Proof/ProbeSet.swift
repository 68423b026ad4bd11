import CProbePictures
import FoveaCore
import FoveaImaging

/// The questions that a model is asked on two devices.
struct ProbeSet: Sendable {
    /// A question: a step, what it looks at, and what the step before it found.
    struct Question: Sendable {
        var subject: Subject
        var step: PredictionRequest.Step
        var previous: Answer?
    }

    let measure: ProofMeasure
    let questions: [Question]

    /// Decodes pictures, which takes some milliseconds.
    init(for id: ModelID) throws {
        let name = id.name
        switch (id.task, id.type) {
        case (.clip, .textual):
            measure = .cosine
            questions = ProbeTexts.all.map { text in
                Question(subject: .text(text), step: .clipTextual(model: name, language: nil))
            }
        case (.clip, _):
            measure = .cosine
            questions = try ProbePicture.allCases.map {
                Question(subject: try $0.subject(), step: .clipVisual(model: name))
            }
        case (.facialRecognition, .recognition):
            measure = .cosine
            questions = [
                Question(
                    subject: try ProbePicture.portrait.subject(), step: .faceRecognition(model: name),
                    previous: .detectedFaces(Self.faces))
            ]
        case (.facialRecognition, _):
            measure = .iou
            questions = try [ProbePicture.portrait, .animal].map {
                Question(subject: try $0.subject(), step: .faceDetection(model: name, minScore: 0.5))
            }
        case (.ocr, .recognition):
            measure = .texts
            questions = [
                Question(
                    subject: try ProbePicture.text.subject(),
                    step: .textRecognition(model: name, minScore: 0.8),
                    previous: .detectedText(Self.lines))
            ]
        case (.ocr, _):
            measure = .iou
            questions = try [ProbePicture.text, .stillLife].map {
                Question(subject: try $0.subject(), step: .textDetection(model: name))
            }
        }
    }

    /// Where the face in the portrait is, and the same one askew: crops that
    /// are the same on both devices, whatever a detector would say.
    private static let faces = [
        [(207, 104), (247, 103), (228, 126), (212, 147), (244, 146)],
        [(202, 112), (243, 99), (229, 126), (220, 150), (250, 140)],
    ].map { points in
        DetectedFace(
            box: Box(x1: 181, y1: 56, x2: 271, y2: 178), score: 0.8,
            landmarks: points.map { Point(x: $0.0, y: $0.1) })
    }

    /// Where the lines of the printed text are.
    private static let lines = [
        [(28, 18), (383, 24), (382, 71), (27, 66)], [(29, 99), (400, 97), (400, 138), (29, 140)],
        [(27, 171), (296, 171), (296, 215), (27, 215)], [(26, 243), (347, 248), (346, 300), (25, 295)],
    ].map { corners in
        DetectedText(corners: corners.map { Point(x: $0.0, y: $0.1) }, score: 0.8)
    }
}

/// What text models are asked about.
package enum ProbeTexts {
    package static let all = [
        "a photo of a cat", "two people on a beach at sunset", "Rechnung 2024, Summe 1.234,56 €",
    ]
}

/// The pictures that are built in.
package enum ProbePicture: CaseIterable {
    case portrait, animal, stillLife, text

    package var bytes: [UInt8] {
        let file =
            switch self {
            case .portrait: fovea_probe_portrait
            case .animal: fovea_probe_animal
            case .stillLife: fovea_probe_still_life
            case .text: fovea_probe_text
            }
        return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    }

    func subject() throws -> Subject {
        .image(try ImageDecoder(limits: ImageLimits()).decode(bytes))
    }
}
