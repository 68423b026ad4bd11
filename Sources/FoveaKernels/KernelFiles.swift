public import Foundation
import CPreviewEncoder
import FoveaCore
import FoveaImaging

/// The files that kernels work on.
public struct KernelFiles: Sendable {
    /// A picture, of any size.
    public let photo: URL
    /// Holds a folder for each tokenizer, with its `tokenizer.json`.
    public let tokenizers: URL

    public init(photo: URL, tokenizers: URL) {
        self.photo = photo
        self.tokenizers = tokenizers
    }

    /// The files that the variables `FOVEA_KERNEL_PHOTO` and `FOVEA_KERNEL_TOKENIZERS` name, relative to the working
    /// directory unless they begin with a slash.
    public init(environment: [String: String]) {
        self.init(
            photo: URL(filePath: environment["FOVEA_KERNEL_PHOTO"] ?? "Samples/coffee.jpg"),
            tokenizers: URL(filePath: environment["FOVEA_KERNEL_TOKENIZERS"] ?? "tokenizers"))
    }

    /// As photo libraries make them: 1440 pixels on the longer side.
    static let previewSize = ImageSize(width: 1440, height: 1080)

    /// The photo, stretched to a preview's size.
    func preview() throws -> PixelImage {
        try ImageDecoder().decode([UInt8](Data(contentsOf: photo))).resized(
            to: Self.previewSize, filter: .lanczos)
    }

    /// The preview as a JPEG of Immich's default quality, 80.
    func previewFile() throws -> [UInt8] {
        let picture = try preview()
        var count = 0
        let file = picture.pixels.withUnsafeBufferPointer { pixels in
            fovea_encode_jpeg(pixels.baseAddress, Int32(picture.width), Int32(picture.height), 80, &count)
        }
        guard let file else {
            throw FoveaError(
                .undecodablePicture, "\(photo.path) could not be made a preview: name another picture.")
        }
        defer { free(file) }
        return [UInt8](UnsafeBufferPointer(start: file, count: count))
    }

    /// - Parameter name: of its folder.
    func tokenizer(_ name: String) -> URL {
        tokenizers.appending(path: name).appending(path: "tokenizer.json")
    }
}
