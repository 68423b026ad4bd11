/// What the models found.
public struct PredictionResponse: Sendable {
    /// One answer a task, in the order the request named the tasks.
    public var answers: [(task: ModelTask, answer: Answer)]
    /// Size of the decoded picture in pixels, without any rotation its file
    /// asks for. `nil` where the request was a text.
    public var imageSize: ImageSize?

    public init(answers: [(task: ModelTask, answer: Answer)], imageSize: ImageSize? = nil) {
        self.answers = answers
        self.imageSize = imageSize
    }
}

/// Width and height in pixels.
public struct ImageSize: Sendable, Hashable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }
}

/// What one task answers: the output of its last step.
public enum Answer: Sendable {
    /// CLIP, both types: one vector, of length 1 where the model normalises.
    case embedding([Float])
    /// Face detection alone, best score first.
    case detectedFaces([DetectedFace])
    /// Face detection and recognition, best score first.
    case faces([RecognizedFace])
    /// Text detection alone, in reading order.
    case detectedText([DetectedText])
    /// Text detection and recognition, in reading order.
    case text([RecognizedText])
}

/// A face as the detector sees it.
public struct DetectedFace: Sendable, Hashable {
    /// Whole pixels of the picture sent; may reach beyond it.
    public var box: Box
    /// 0…1, higher is surer.
    public var score: Float
    /// Left eye, right eye, nose, left and right corner of the mouth (left
    /// and right as seen in the picture), in pixels of the picture sent.
    public var landmarks: [Point]

    public init(box: Box, score: Float, landmarks: [Point]) {
        self.box = box
        self.score = score
        self.landmarks = landmarks
    }
}

/// A face and the vector that tells whose it is.
public struct RecognizedFace: Sendable, Hashable {
    public var face: DetectedFace
    /// 512 numbers, not normalised; compare by cosine distance.
    public var embedding: [Float]

    public init(face: DetectedFace, embedding: [Float]) {
        self.face = face
        self.embedding = embedding
    }
}

/// A line of text as the detector sees it.
public struct DetectedText: Sendable, Hashable {
    /// Four corners in whole pixels: top-left, top-right, bottom-right,
    /// bottom-left.
    public var corners: [Point]
    /// 0…1, higher is surer.
    public var score: Float

    public init(corners: [Point], score: Float) {
        self.corners = corners
        self.score = score
    }
}

/// A line of text that was read.
public struct RecognizedText: Sendable, Hashable {
    public var line: DetectedText
    public var text: String
    /// Mean probability of the characters, 0…1.
    public var score: Float

    public init(line: DetectedText, text: String, score: Float) {
        self.line = line
        self.text = text
        self.score = score
    }
}
