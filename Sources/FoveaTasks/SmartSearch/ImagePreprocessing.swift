package import FoveaCore
package import FoveaImaging
import Foundation

/// How pictures are prepared for a CLIP image tower: open_clip's
/// `preprocess_cfg.json`.
public struct ImagePreprocessing: Sendable, Hashable {
    /// How a picture of any shape becomes a square.
    public enum ResizeMode: String, Sendable, Hashable {
        /// The short side is scaled to `size`, the middle is cut out.
        case shortest
        /// Both sides are scaled to `size`.
        case squash
    }

    /// Width and height of the tower's input, in pixels.
    public let size: Int
    /// Per channel (red, green, blue), of values 0…1.
    public let mean, standardDeviation: [Float]
    /// The name of Pillow's filter for resizing.
    public let interpolation: String
    public let resizeMode: ResizeMode

    let filter: ResampleFilter

    /// - Parameter json: the file's bytes.
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming what is wrong.
    public init(json: [UInt8]) throws {
        let file: File
        do {
            file = try JSONDecoder().decode(File.self, from: Data(json))
        } catch {
            throw Self.refused("cannot be read", cause: error)
        }
        guard let size = file.size.first, 1...8192 ~= size else {
            throw Self.refused("has the size \(file.size): one whole number from 1 to 8192 is needed")
        }
        guard file.mean.count == 3, file.std.count == 3, file.std.allSatisfy({ $0 > 0 }) else {
            throw Self.refused("needs three numbers in 'mean', and three above 0 in 'std'")
        }
        let interpolation = file.interpolation ?? "bicubic"
        guard let filter = ResampleFilter(rawValue: interpolation.lowercased()) else {
            let known = ResampleFilter.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.refused("has the interpolation '\(interpolation)': one of \(known) is needed")
        }
        let mode = file.resize_mode ?? ResizeMode.shortest.rawValue
        guard let resizeMode = ResizeMode(rawValue: mode) else {
            throw Self.refused("has the resize_mode '\(mode)': 'shortest' or 'squash' is needed")
        }
        self.size = size
        mean = file.mean
        standardDeviation = file.std
        self.interpolation = interpolation
        self.resizeMode = resizeMode
        self.filter = filter
    }

    /// The picture as the tower's square, before normalisation.
    package func square(_ image: PixelImage) -> PixelImage {
        let (resized, crop) = geometry(of: ImageSize(width: image.width, height: image.height))
        return image.resized(to: resized, filter: filter, crop: crop)
    }

    /// The pixels of a picture that ``square(_:)`` reads.
    package func region(of picture: ImageSize) -> PixelRegion {
        let (resized, crop) = geometry(of: picture)
        return PixelRegion(readFrom: picture, toResizeTo: resized, filter: filter, crop: crop)
    }

    /// The size that a picture is resized to, and the part of it that is kept.
    private func geometry(of picture: ImageSize) -> (resized: ImageSize, crop: PixelRegion) {
        let square = ImageSize(width: size, height: size)
        guard resizeMode == .shortest else { return (square, PixelRegion(whole: square)) }
        // Truncating, in float64, as the reference computes it.
        let (width, height) = (Double(picture.width), Double(picture.height))
        let resized =
            picture.width < picture.height
            ? ImageSize(width: size, height: Int(height / width * Double(size)))
            : ImageSize(width: Int(width / height * Double(size)), height: size)
        let crop = PixelRegion(
            x: (resized.width - size) / 2, y: (resized.height - size) / 2, width: size, height: size)
        return (resized, crop)
    }

    /// (byte / 255 − mean) / std, computed in float32 as
    /// byte / 255 · (1 / std) − mean / std.
    package var scale: PixelScale {
        let formulas = zip(mean, standardDeviation).map { mean, deviation in
            PixelScale.Formula(divisor: 255, factor: 1 / deviation, offset: mean / deviation)
        }
        return PixelScale(order: .rgb, formulas: formulas, padding: 0, paddingByte: 0)
    }

    private static func refused(_ reason: String, cause: (any Error)? = nil) -> FoveaError {
        FoveaError(
            .modelInvalid, "The model's preprocess_cfg.json \(reason). Install the model's files again.",
            cause: cause)
    }

    /// The file's keys, those that are used.
    private struct File: Decodable {
        var size: OneOrMore
        var mean, std: [Float]
        var interpolation: String?
        var resize_mode: String?
    }

    /// `224` or `[224, 224]`.
    private struct OneOrMore: Decodable, CustomStringConvertible {
        var numbers: [Int]
        var first: Int? { numbers.first }
        var description: String { "\(numbers)" }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            numbers = try (try? [container.decode(Int.self)]) ?? container.decode([Int].self)
        }
    }
}
