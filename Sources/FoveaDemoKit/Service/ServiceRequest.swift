package import Foundation

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

/// A form as browsers and Immich's server send it.
package struct MultipartForm {
    /// Separates the parts; must not occur in them.
    package let boundary: String
    private var parts = Data()

    package init(boundary: String = "fovea-demo-\(UUID().uuidString)") {
        self.boundary = boundary
    }

    /// Value of the header field `Content-Type`.
    package var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    /// The whole body.
    package var body: Data { parts + Data("--\(boundary)--\r\n".utf8) }

    package mutating func add(_ name: String, text: String) {
        add(header: #"name="\#(name)""#, Data(text.utf8))
    }

    package mutating func add(_ name: String, file: Data) {
        add(header: "name=\"\(name)\"; filename=\"blob\"\r\nContent-Type: application/octet-stream", file)
    }

    private mutating func add(header: String, _ content: Data) {
        parts += Data("--\(boundary)\r\nContent-Disposition: form-data; \(header)\r\n\r\n".utf8)
        parts += content
        parts += Data("\r\n".utf8)
    }
}
