import FoveaCore

/// One entry of `entries`: a model and what the client wants of it.
struct Entry {
    private let task: ModelTask
    private let type: ModelType
    private let modelName: String
    private let options: [JSONValue.Member]

    /// A file system takes no longer names.
    private static let maximumNameSize = 255

    init(_ task: ModelTask, _ type: ModelType, _ value: JSONValue) throws(HTTPProblem) {
        self.task = task
        self.type = type
        let place = "'\(task.rawValue)/\(type.rawValue)'"
        guard case .object(let members) = value else {
            throw .invalidEntries("\(place) is \(value.kind), not an object")
        }
        var modelName: String?
        var options: [JSONValue.Member] = []
        for member in members {
            switch (member.name, member.value) {
            case ("modelName", .string(let name)): modelName = name
            case ("modelName", let other):
                throw .malformedEntries("the modelName of \(place) is \(other.kind), not a string")
            case ("options", .object(let members)): options = members
            case ("options", let other):
                throw .invalidEntries("the options of \(place) are \(other.kind), not an object")
            case (let name, _):
                throw .unknown("key of \(place)", name, known: ["modelName", "options"])
            }
        }
        guard let modelName else { throw .malformedEntries("\(place) has no modelName") }
        try Self.check(modelName)
        self.modelName = modelName
        self.options = options
    }

    func step() throws(HTTPProblem) -> PredictionRequest.Step {
        switch (task, type) {
        case (.clip, .visual): .clipVisual(model: modelName)
        case (.clip, _): .clipTextual(model: modelName, language: try language())
        case (.facialRecognition, .detection):
            .faceDetection(model: modelName, minScore: try score(or: 0.7))
        case (.facialRecognition, _): .faceRecognition(model: modelName)
        case (.ocr, .detection):
            .textDetection(
                model: modelName, minScore: try score(or: 0.5), maxResolution: try maxResolution(or: 736))
        case (.ocr, _): .textRecognition(model: modelName, minScore: try score(or: 0.9))
        }
    }

    /// Refuses names of which cleaning leaves nothing that can be a folder's.
    private static func check(_ name: String) throws(HTTPProblem) {
        let cleaned = ModelID.cleaned(name)
        let isUsable =
            !cleaned.isEmpty && cleaned.utf8.count <= maximumNameSize
            && cleaned.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isUsable else { throw .invalidEntries("'\(name.excerpt)' cannot be a model's name") }
    }

    private func option(_ name: String) -> JSONValue? {
        options.first { $0.name == name }?.value
    }

    private func language() throws(HTTPProblem) -> String? {
        switch option("language") {
        case nil, .null: return nil
        case .string(let language): return language
        case .some(let other): throw .invalidEntries("the option language is \(other.kind), not a string")
        }
    }

    private func score(or standard: Float) throws(HTTPProblem) -> Float {
        guard let value = option("minScore") else { return standard }
        guard let number = Self.number(value).map(Float.init), number.isFinite else {
            throw .invalidEntries("the option minScore is not a finite number")
        }
        return number
    }

    /// Larger values than fit are as good as the largest that does: no picture
    /// has so many pixels in a row.
    private func maxResolution(or standard: Int) throws(HTTPProblem) -> Int {
        guard let value = option("maxResolution") else { return standard }
        guard let number = Self.number(value), number.isFinite, number >= 1, number.rounded() == number else {
            throw .invalidEntries("the option maxResolution is not a whole number of at least 1")
        }
        return Int(min(number, Double(Int32.max)))
    }

    /// A number, or a text that is one.
    private static func number(_ value: JSONValue) -> Double? {
        switch value {
        case .number(let literal): return Double(literal)
        case .string(let text):
            let trimmed = text.drop(while: \.isWhitespace)
            guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
            // Swift reads hexadecimal numbers too, which are no business of ours.
            guard !trimmed.contains(where: { $0 == "x" || $0 == "X" }) else { return nil }
            return Double(trimmed[...last])
        default: return nil
        }
    }
}
