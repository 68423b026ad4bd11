import FoveaCore

/// What the steps of a request look at: a decoded picture, or a text.
enum Subject: Sendable {
    case image(PixelImage)
    case text(String)

    /// Size of the picture.
    var imageSize: ImageSize? {
        switch self {
        case .image(let image): ImageSize(width: image.width, height: image.height)
        case .text: nil
        }
    }

    func image(for id: ModelID) throws -> PixelImage {
        guard case .image(let image) = self else {
            throw FoveaError(
                .invalidRequest,
                "Model '\(id.name)' (\(id.task.rawValue) \(id.type.rawValue)) looks at pictures: send 'image', not 'text'."
            )
        }
        return image
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
