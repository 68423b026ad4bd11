/// What Immich's server asks of its machine-learning service: one picture or
/// text, one task.
package enum ServiceRequest: Sendable, CaseIterable {
    /// A picture's embedding.
    case visual
    /// A text's embedding.
    case textual
    /// The faces in a picture.
    case faces
    /// The text in a picture.
    case text

    /// The requests that a photo is sent with.
    package static let ofPhotos: [ServiceRequest] = [.visual, .faces, .text]

    /// The form's `entries`: models of the demo pack, Immich's thresholds.
    package var entries: String {
        switch self {
        case .visual:
            #"{"clip":{"visual":{"modelName":"demo-clip"}}}"#
        case .textual:
            #"{"clip":{"textual":{"modelName":"demo-clip"}}}"#
        case .faces:
            #"{"facial-recognition":{"detection":{"modelName":"demo-faces","options":{"minScore":0.7}},"#
                + #""recognition":{"modelName":"demo-faces"}}}"#
        case .text:
            #"{"ocr":{"detection":{"modelName":"PP-OCRv5_mobile","options":{"minScore":0.5,"#
                + #""maxResolution":736}},"recognition":{"modelName":"PP-OCRv5_mobile","#
                + #""options":{"minScore":0.8}}}}"#
        }
    }

    /// What the request is for, for people.
    package var purpose: String {
        switch self {
        case .visual, .textual: "smart search"
        case .faces: "faces"
        case .text: "text"
        }
    }
}
