import FoveaCore
import Foundation

/// What was found, for people to read.
struct PredictionSummary {
    let request: PredictionRequest
    let response: PredictionResponse

    var text: String {
        var text = response.imageSize.map { "Picture: \($0.width) × \($0.height) pixels\n" } ?? ""
        for (task, answer) in response.answers {
            let model = request.steps.last { $0.model.task == task }?.model.name ?? ""
            text += "\n" + section(answer, model: model)
        }
        return text
    }

    private func section(_ answer: Answer, model: String) -> String {
        switch answer {
        case .embedding(let embedding):
            let start = embedding.prefix(6).map { number($0, 4) }.joined(separator: " ")
            return "Smart search (\(model)): \(embedding.count) numbers: \(start) …\n"
        case .detectedFaces(let faces): return table(faces, model: model)
        case .faces(let faces): return table(faces.map(\.face), model: model)
        case .detectedText(let lines): return "Text (\(model)): \(lines.count) lines found\n"
        case .text(let lines):
            var table = TextTable("SCORE", "TEXT")
            for line in lines { table.add(number(line.score, 2), line.text) }
            return "Text (\(model)): \(lines.isEmpty ? "none" : "\(lines.count) lines")\n"
                + (lines.isEmpty ? "" : table.text)
        }
    }

    private func table(_ faces: [DetectedFace], model: String) -> String {
        var table = TextTable("SCORE", "LEFT", "TOP", "RIGHT", "BOTTOM")
        for face in faces {
            let box = face.box
            table.add(
                number(face.score, 2), number(box.x1, 0), number(box.y1, 0), number(box.x2, 0),
                number(box.y2, 0))
        }
        return "Faces (\(model)): \(faces.isEmpty ? "none" : "\(faces.count)")\n"
            + (faces.isEmpty ? "" : table.text)
    }

    private func number(_ value: Float, _ digits: Int) -> String {
        String(format: "%.\(digits)f", Double(value))
    }
}
