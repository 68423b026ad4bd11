import FoveaCore
import FoveaImaging
import Foundation

/// The pictures in Tests/Fixtures/imaging and what Pillow and OpenCV make of
/// them; make_fixtures.py there wrote both.
enum Fixtures {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/imaging")

    static func file(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: "files/\(name)")))
    }

    static func names() -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "files").path)
        return (names ?? []).sorted()
    }

    static func decoding() -> [String: RecordedPicture] {
        (try? read("decoding")) ?? [:]
    }

    /// By file and reduction, such as `large-420.jpg 2`.
    static func reduced() -> [String: RecordedPicture] {
        (try? read("reduced")) ?? [:]
    }

    static func geometry() throws -> RecordedGeometry { try read("geometry") }

    /// The picture that all of ``geometry()`` starts from.
    static func source() throws -> PixelImage {
        try ImageDecoder().decode(file("source.png"))
    }

    private static func read<Content: Decodable>(_ name: String) throws -> Content {
        try JSONDecoder().decode(Content.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    }
}

/// Size and fingerprint of pixels that another program computed.
struct RecordedPicture: Decodable, Equatable, CustomStringConvertible {
    let width: Int
    let height: Int
    let fingerprint: String

    var size: ImageSize { ImageSize(width: width, height: height) }
    var description: String { "\(width)x\(height) \(fingerprint)" }

    /// What would be recorded of a picture: 64-bit FNV-1a of its bytes.
    init(_ picture: PixelImage) {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in picture.pixels { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(value, radix: 16)
        width = picture.width
        height = picture.height
        fingerprint = String(repeating: "0", count: 16 - digits.count) + digits
    }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        width = try values.decode(Int.self, forKey: .width)
        height = try values.decode(Int.self, forKey: .height)
        fingerprint = try values.decode(String.self, forKey: .fingerprint)
    }

    private enum Key: CodingKey { case width, height, fingerprint }
}

/// What became of `source.png`.
struct RecordedGeometry: Decodable {
    struct Resize: Decodable {
        let filter: String
        let result: RecordedPicture

        init(from decoder: any Decoder) throws {
            filter = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .filter)
            result = try RecordedPicture(from: decoder)
        }

        private enum Key: CodingKey { case filter }
    }

    /// A resize of a part of the picture (left, top, right, bottom), of which
    /// a part (x, y, width, height) was kept.
    struct ResizedPart: Decodable {
        let filter: String
        let box, size, crop: [Int]
        let result: RecordedPicture

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            filter = try values.decode(String.self, forKey: .filter)
            box = try values.decode([Int].self, forKey: .box)
            size = try values.decode([Int].self, forKey: .size)
            crop = try values.decode([Int].self, forKey: .crop)
            result = try RecordedPicture(from: decoder)
        }

        private enum Key: CodingKey { case filter, box, size, crop }
    }

    struct Letterbox: Decodable {
        let newWidth, newHeight: Int
        let result: RecordedPicture

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            newWidth = try values.decode(Int.self, forKey: .newWidth)
            newHeight = try values.decode(Int.self, forKey: .newHeight)
            result = try RecordedPicture(from: decoder)
        }

        private enum Key: CodingKey { case newWidth, newHeight }
    }

    /// A warp and its numbers: six of a matrix or eight of a perspective.
    struct Warp: Decodable {
        let numbers: [Double]
        let result: RecordedPicture

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            numbers =
                try values.decodeIfPresent([Double].self, forKey: .matrix)
                ?? values.decode([Double].self, forKey: .coefficients)
            result = try RecordedPicture(from: decoder)
        }

        private enum Key: CodingKey { case matrix, coefficients }
    }

    let resized: [Resize]
    let resizedParts: [ResizedPart]
    let resizedBilinear: [RecordedPicture]
    let letterboxed: [Letterbox]
    let warped: [Warp]
    let perspectiveWarped: [Warp]
    let rotatedCounterclockwise: [RecordedPicture]
}
