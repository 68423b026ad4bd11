/// What is measured.
package enum BenchTask: String, Sendable, Hashable, CaseIterable, Codable {
    /// Asking whether the service is up.
    case ping
    /// A picture's embedding for smart search.
    case clipImage = "clip-image"
    /// A query's embedding for smart search.
    case clipText = "clip-text"
    /// Finding the faces in a picture, and telling them apart.
    case faces
    /// Finding and reading text in a picture.
    case ocr

    /// Whether its requests carry a picture.
    package var takesPictures: Bool { self == .clipImage || self == .faces || self == .ocr }
}

/// A row of the benchmark: a task, and what it is asked with.
package struct BenchCase: Sendable, Hashable, Codable {
    /// Whether a text was asked for before; a service may remember answers.
    package enum Texts: String, Sendable, Hashable, Codable {
        /// Each is a new one.
        case fresh
        /// A few, over and over.
        case repeated
    }

    package var task: BenchTask
    /// `nil` where no model is asked for.
    package var model: String?
    /// For ``BenchTask/clipText`` only.
    package var texts: Texts?

    package init(_ task: BenchTask, model: String? = nil, texts: Texts? = nil) {
        self.task = task
        self.model = model
        self.texts = texts
    }

    /// `clip-text, fresh`.
    package var name: String { task.rawValue + (texts.map { ", \($0.rawValue)" } ?? "") }

    /// The rows of a task.
    package static func all(_ task: BenchTask, model: String?) -> [BenchCase] {
        guard task == .clipText else { return [BenchCase(task, model: model)] }
        return [
            BenchCase(task, model: model, texts: .fresh), BenchCase(task, model: model, texts: .repeated),
        ]
    }
}
