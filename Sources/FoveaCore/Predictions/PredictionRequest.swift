/// What a client wants to know about one picture or one text.
public struct PredictionRequest: Sendable {
    /// What the models look at.
    public enum Payload: Sendable {
        /// An encoded picture: the file's bytes.
        case image([UInt8])
        case text(String)
    }

    /// One model to run. The options are the request's own; nothing sticks.
    public enum Step: Sendable, Hashable {
        case clipVisual(model: String)
        /// `language`: a code such as `de` or `pt-BR`, used by NLLB models only.
        case clipTextual(model: String, language: String?)
        /// `minScore`: detections below it are dropped.
        case faceDetection(model: String, minScore: Float = 0.7)
        /// Needs ``faceDetection`` in the same request.
        case faceRecognition(model: String)
        /// `minScore`: lines whose box scores below it are dropped.
        /// `maxResolution`: pixels the short side is reduced to, at most.
        case textDetection(model: String, minScore: Float = 0.5, maxResolution: Int = 736)
        /// Needs ``textDetection`` in the same request. Lines whose text does
        /// not score above `minScore` are dropped.
        case textRecognition(model: String, minScore: Float = 0.9)
    }

    public var payload: Payload
    /// At least one; in the order the client named them.
    public var steps: [Step]

    public init(payload: Payload, steps: [Step]) {
        self.payload = payload
        self.steps = steps
    }
}

extension PredictionRequest.Step {
    /// The model that does this step.
    public var model: ModelID {
        switch self {
        case .clipVisual(let name): ModelID(.clip, .visual, name: name)
        case .clipTextual(let name, _): ModelID(.clip, .textual, name: name)
        case .faceDetection(let name, _): ModelID(.facialRecognition, .detection, name: name)
        case .faceRecognition(let name): ModelID(.facialRecognition, .recognition, name: name)
        case .textDetection(let name, _, _): ModelID(.ocr, .detection, name: name)
        case .textRecognition(let name, _): ModelID(.ocr, .recognition, name: name)
        }
    }
}
