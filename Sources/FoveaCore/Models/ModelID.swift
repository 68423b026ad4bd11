/// What a model is for. The raw value is the contract's key and the cache's
/// folder name.
public enum ModelTask: String, Sendable, Hashable, CaseIterable, Codable {
    case clip
    case facialRecognition = "facial-recognition"
    case ocr
}

/// Which part of a task a model does. The raw value is the contract's key and
/// the cache's folder name.
public enum ModelType: String, Sendable, Hashable, CaseIterable, Codable {
    case visual, textual, detection, recognition
}

extension ModelTask {
    /// The parts that this task has, in the order they run.
    public var types: [ModelType] {
        switch self {
        case .clip: [.visual, .textual]
        case .facialRecognition, .ocr: [.detection, .recognition]
        }
    }
}

/// One model: what it is for, which part it does, and its name.
public struct ModelID: Sendable, Hashable, CustomStringConvertible {
    public let task: ModelTask
    public let type: ModelType
    /// The cleaned name: what the folder in the cache is called.
    public let name: String

    /// - Parameter name: as a client sends it; see ``cleaned(_:)``.
    public init(_ task: ModelTask, _ type: ModelType, name: String) {
        self.task = task
        self.type = type
        self.name = Self.cleaned(name)
    }

    public var description: String { "\(task.rawValue)/\(name)/\(type.rawValue)" }

    /// The folder name that stands for a model name: the part after the last
    /// `/`, with `:` and `\` turned to `_` and dots removed, so that no name
    /// leads out of the cache folder.
    ///
    /// `immich-app/ViT-B-32::openai` becomes `ViT-B-32__openai`. Empty where
    /// nothing is left, which names no model.
    public static func cleaned(_ name: String) -> String {
        // Scalars, not characters: a combining mark would hide the one before it.
        let scalars = name.unicodeScalars
        let start = scalars.lastIndex(of: "/").map(scalars.index(after:)) ?? scalars.startIndex
        var cleaned = String.UnicodeScalarView()
        for scalar in scalars[start...] {
            switch scalar {
            case ".": continue
            case ":", "\\": cleaned.append("_")
            default: cleaned.append(scalar)
            }
        }
        return String(cleaned)
    }
}
