import FoveaCore
import FoveaServer

/// Parses `entries`, and the JSON that they are by itself.
enum EntriesCheck {
    static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
        let steps = try parse(bytes)
        if let steps { try checkSteps(steps) }
        guard let value = try? JSONParser.parse(bytes) else {
            return try promise(steps == nil, "What is no JSON was accepted.")
        }
        // Without white space, escapes and repeated names it is the same.
        var writer = JSONWriter()
        writer.value(value)
        let again = try? JSONParser.parse(writer.bytes)
        try promise(again == value, "The JSON reads differently once it is written: \(value)")
        try promise(try parse(writer.bytes) == steps, "The JSON means something else once it is written.")
    }

    private static func parse(_ bytes: [UInt8]) throws(BrokenPromise) -> [PredictionRequest.Step]? {
        do {
            return try Entries.parse(bytes)
        } catch {
            try FormCheck.checkAnswer(error)
            return nil
        }
    }

    /// What the engine relies on.
    static func checkSteps(_ steps: [PredictionRequest.Step]) throws(BrokenPromise) {
        try promise(!steps.isEmpty, "There are no steps.")
        for step in steps {
            let model = step.model
            try promise(model.task.types.contains(model.type), "\(model) has a type that its task has not.")
            let leadsOut = model.name.unicodeScalars.contains { "/\\.\0".unicodeScalars.contains($0) }
            try promise(
                !model.name.isEmpty && model.name.utf8.count <= 255 && !leadsOut,
                "'\(model.name)' cannot be a folder's name.")
            try promise(minScore(of: step).isFinite, "A score is not finite.")
            if case .textDetection(_, _, let maxResolution) = step {
                try promise(
                    (1...Int(Int32.max)).contains(maxResolution), "\(maxResolution) is no resolution.")
            }
        }
        let models = steps.map(\.model)
        for index in models.indices {
            let same = models[..<index].contains {
                $0.task == models[index].task && $0.type == models[index].type
            }
            try promise(!same, "\(models[index]) is not the only one of its task and type.")
        }
    }

    private static func minScore(of step: PredictionRequest.Step) -> Float {
        switch step {
        case .clipVisual, .clipTextual, .faceRecognition: 0
        case .faceDetection(_, let minScore), .textDetection(_, let minScore, _),
            .textRecognition(_, let minScore):
            minScore
        }
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ value: JSONValue) {
        switch value {
        case .null: raw("null")
        case .bool(let value): raw(value ? "true" : "false")
        case .number(let literal): raw(literal)
        case .string(let text): string(text)
        case .array(let elements): list(elements) { $0.value($1) }
        case .object(let members):
            raw("{")
            for (index, member) in members.enumerated() {
                if index > 0 { raw(",") }
                string(member.name)
                raw(":")
                self.value(member.value)
            }
            raw("}")
        }
    }
}
