package import FoveaCore

/// The `entries` field: which models to run, as
/// `{task: {type: {"modelName": string, "options": {…}?}}}`.
package enum Entries {
    /// Parses the field.
    ///
    /// Strict: unknown keys are refused at every level but inside `options`,
    /// where they are ignored. Of equal keys the last one counts.
    ///
    /// - Parameter bytes: the field's content, JSON in UTF-8.
    /// - Returns: at least one step, in the order the client named them.
    /// - Throws: 422, and 400 where the bytes are not UTF-8.
    package static func parse(_ bytes: [UInt8]) throws(HTTPProblem) -> [PredictionRequest.Step] {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw HTTPProblem.badRequest("'entries' is not valid UTF-8.")
        }
        let tasks = try members(of: try json(bytes), what: "'entries'")
        var steps: [PredictionRequest.Step] = []
        for (task, types) in tasks.map({ ($0.name, $0.value) }) {
            guard let task = ModelTask(rawValue: task) else {
                throw .unknown("task", task, known: ModelTask.allCases.map(\.rawValue))
            }
            for type in try members(of: types, what: "task '\(task.rawValue)'") {
                guard let modelType = ModelType(rawValue: type.name), task.types.contains(modelType) else {
                    throw .unknown(
                        "type of task '\(task.rawValue)'", type.name, known: task.types.map(\.rawValue))
                }
                steps.append(try Entry(task, modelType, type.value).step())
            }
        }
        guard !steps.isEmpty else {
            throw HTTPProblem.unprocessable("No model task requested.")
        }
        return steps
    }

    private static func json(_ bytes: [UInt8]) throws(HTTPProblem) -> JSONValue {
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw .malformedEntries("'entries' is not JSON: \(error.reason), at byte \(error.offset)")
        }
    }

    private static func members(of value: JSONValue, what: String) throws(HTTPProblem) -> [JSONValue.Member] {
        guard case .object(let members) = value else {
            throw .malformedEntries("\(what) is \(value.kind), not an object")
        }
        return members
    }
}

extension HTTPProblem {
    /// `entries` is not even of the right form. The contract fixes the text;
    /// the reason goes to the log.
    static func malformedEntries(_ reason: String) -> Self {
        HTTPProblem.unprocessable("Invalid request format.", reason: reason)
    }

    /// `entries` has the right form, but asks for what does not exist.
    static func invalidEntries(_ reason: String) -> Self {
        HTTPProblem.unprocessable("Invalid request format: \(reason).", reason: reason)
    }

    static func unknown(_ what: String, _ name: String, known: [String]) -> Self {
        let known = known.map { "'\($0)'" }.joined(separator: ", ")
        return .invalidEntries("there is no \(what) called '\(name.excerpt)', only \(known)")
    }
}

extension String {
    /// At most 100 characters, control characters made visible: fit to be
    /// repeated in an answer or a log.
    package var excerpt: String { excerpt(of: 100) }

    package func excerpt(of length: Int) -> String {
        var shown = ""
        for scalar in unicodeScalars.prefix(length) {
            if scalar.properties.generalCategory == .control {
                shown += scalar.escaped(asASCII: true)
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return unicodeScalars.count > length ? shown + "…" : shown
    }
}
