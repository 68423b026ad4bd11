import FoveaCore
import FoveaImaging

/// What the steps of a request look at: a picture, or a text.
enum Subject: Sendable {
    case image(PixelImage)
    /// A picture of which its only step decodes what it needs.
    case file(PictureFile)
    case text(String)

    /// Reads a picture as far as all steps need it.
    ///
    /// - Throws: what the decoder throws.
    init(
        picture bytes: [UInt8], for steps: [PredictionRequest.Step], decoder: ImageDecoder,
        decoding: PictureDecoding
    ) throws {
        // Faces and text may be anywhere. An embedding is of the middle, and which
        // that is, only its model knows.
        if steps.count == 1, case .clipVisual = steps[0] {
            self = .file(try PictureFile(bytes, decoder: decoder, decoding: decoding))
        } else {
            self = .image(try decoder.decode(bytes))
        }
    }

    /// Size of the picture.
    var imageSize: ImageSize? {
        switch self {
        case .image(let image): ImageSize(width: image.width, height: image.height)
        case .file(let file): file.size
        case .text: nil
        }
    }

    func image(for id: ModelID) throws -> PixelImage {
        switch self {
        case .image(let image): return image
        // Only a step that decodes by itself is given a file.
        case .file: preconditionFailure("\(id) was given a picture that is not decoded")
        case .text:
            throw FoveaError(
                .invalidRequest,
                "Model '\(id.name)' (\(id.task.rawValue) \(id.type.rawValue)) looks at pictures: send 'image', not 'text'."
            )
        }
    }

    func text(for id: ModelID) throws -> String {
        guard case .text(let text) = self else {
            throw FoveaError(
                .invalidRequest,
                "Model '\(id.name)' (\(id.task.rawValue) \(id.type.rawValue)) reads texts: send 'text', not 'image'."
            )
        }
        return text
    }
}
