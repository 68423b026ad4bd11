import CPreviewEncoder
import Foundation
import FoveaCore
import FoveaImaging

/// Makes previews of pictures, such as a photo library sends to be looked at.
package struct PreviewMaker: Sendable {
    /// Length of the longer side in pixels: Immich's default.
    package static let side = 1440
    /// Immich's default.
    package static let quality = 80

    private let decoder = ImageDecoder()

    package init() {}

    /// A JPEG of 1440 pixels on its longer side. Smaller pictures are
    /// enlarged, so that each costs what a photo's preview does.
    ///
    /// - Parameter grain: whether to add what a camera's sensor does. An
    ///   enlarged picture is a smooth one, whose JPEG is smaller than a photo's
    ///   and decoded faster.
    /// - Throws: `FoveaError` for what is no picture, and where encoding fails.
    package func preview(of file: [UInt8], grain: Bool = false) throws -> [UInt8] {
        let picture = try decoder.decode(file)
        let scale = Double(Self.side) / Double(max(picture.width, picture.height))
        let size = ImageSize(
            width: max(1, Int((Double(picture.width) * scale).rounded())),
            height: max(1, Int((Double(picture.height) * scale).rounded())))
        let resized = picture.resized(to: size, filter: .lanczos)
        return try encode(grain ? Self.grained(resized) : resized)
    }

    private func encode(_ picture: PixelImage) throws -> [UInt8] {
        var count = 0
        let file = picture.pixels.withUnsafeBufferPointer { pixels in
            fovea_encode_jpeg(
                pixels.baseAddress, Int32(picture.width), Int32(picture.height), Int32(Self.quality), &count)
        }
        guard let file else {
            throw FoveaError(
                .undecodablePicture,
                "A preview of \(picture.width) × \(picture.height) pixels could not be made: choose others.")
        }
        defer { free(file) }
        return [UInt8](UnsafeBufferPointer(start: file, count: count))
    }

    /// Adds the same to the colours of a pixel, -10…10, triangularly distributed
    /// and always the same. It makes the built-in pictures half as large again.
    private static func grained(_ picture: PixelImage) -> PixelImage {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return PixelImage(width: picture.width, height: picture.height) { pixels in
            for pixel in 0..<picture.width * picture.height {
                // Marsaglia, "Xorshift RNGs", 2003: (13, 7, 17).
                state ^= state << 13
                state ^= state >> 7
                state ^= state << 17
                let grain = Int(state & 0xFFFF) % 11 + Int(state >> 16 & 0xFFFF) % 11 - 10
                for channel in 0..<PixelImage.channels {
                    let index = pixel * PixelImage.channels + channel
                    pixels[index] = UInt8(clamping: Int(picture.pixels[index]) + grain)
                }
            }
        }
    }
}
