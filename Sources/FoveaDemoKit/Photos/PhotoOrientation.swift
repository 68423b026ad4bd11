package import Foundation
package import FoveaCore

/// How a viewer turns a photo before it shows it: the eight values of Exif's
/// tag Orientation (CIPA DC-008, 4.6.5.1.6).
///
/// The service answers in pixels as they are stored; browsers show photos
/// turned. This leads from one to the other.
package enum PhotoOrientation: Int, Sendable, CaseIterable {
    case upright = 1
    case mirrored, turnedHalf, mirroredAndTurnedHalf
    /// Mirrored at the diagonal from the top left to the bottom right.
    case transposed
    /// Shown turned clockwise by a quarter.
    case turnedRight
    /// Mirrored at the other diagonal.
    case transversed
    /// Shown turned counterclockwise by a quarter.
    case turnedLeft

    /// Whether width and height change places.
    private var swapsSides: Bool { rawValue >= PhotoOrientation.transposed.rawValue }

    /// Size of the photo as it is shown.
    package func shown(_ stored: ImageSize) -> ImageSize {
        swapsSides ? ImageSize(width: stored.height, height: stored.width) : stored
    }

    /// Where a pixel of the stored photo is shown.
    package func shown(_ point: Point, in stored: ImageSize) -> Point {
        let (x, y) = (point.x, point.y)
        let (right, bottom) = (Float(stored.width) - x, Float(stored.height) - y)
        return switch self {
        case .upright: point
        case .mirrored: Point(x: right, y: y)
        case .turnedHalf: Point(x: right, y: bottom)
        case .mirroredAndTurnedHalf: Point(x: x, y: bottom)
        case .transposed: Point(x: y, y: x)
        case .turnedRight: Point(x: bottom, y: x)
        case .transversed: Point(x: bottom, y: right)
        case .turnedLeft: Point(x: y, y: right)
        }
    }

    /// Where a box of the stored photo is shown.
    package func shown(_ box: Box, in stored: ImageSize) -> Box {
        let a = shown(Point(x: box.x1, y: box.y1), in: stored)
        let b = shown(Point(x: box.x2, y: box.y2), in: stored)
        return Box(x1: min(a.x, b.x), y1: min(a.y, b.y), x2: max(a.x, b.x), y2: max(a.y, b.y))
    }

    /// The orientation that a JPEG file asks for; upright where it says
    /// nothing, and for other formats, where it is rare.
    package init(of file: Data) {
        self = Self.exif(in: file).flatMap(Self.orientation) ?? .upright
    }

    /// The TIFF structure in a JPEG file's Exif segment.
    private static func exif(in file: Data) -> ByteReader? {
        let reader = ByteReader(file)
        guard reader.number(at: 0, bytes: 2) == 0xFFD8 else { return nil }
        var start = 2
        while let marker = reader.number(at: start, bytes: 2),
            let length = reader.number(at: start + 2, bytes: 2)
        {
            // Segments come before the start of the scan, which is pixels from there on.
            guard marker >> 8 == 0xFF, marker != 0xFFDA, length >= 2 else { return nil }
            let name = Data("Exif\0\0".utf8)
            if marker == 0xFFE1, reader.bytes(at: start + 4, count: name.count) == name {
                return reader.bytes(at: start + 10, count: length - 8).map { ByteReader($0) }
            }
            start += 2 + length
        }
        return nil
    }

    /// The tag's value in the first directory of a TIFF structure.
    private static func orientation(in exif: ByteReader) -> PhotoOrientation? {
        var exif = exif
        switch exif.number(at: 0, bytes: 2) {
        case 0x4949: exif.isLittleEndian = true
        case 0x4D4D: break
        default: return nil
        }
        guard let directory = exif.number(at: 4, bytes: 4), let count = exif.number(at: directory, bytes: 2)
        else { return nil }
        for entry in 0..<count {
            let start = directory + 2 + 12 * entry
            guard let tag = exif.number(at: start, bytes: 2) else { return nil }
            // Tag 0x0112, one number of 16 bits.
            guard tag == 0x0112, exif.number(at: start + 2, bytes: 2) == 3 else { continue }
            return exif.number(at: start + 8, bytes: 2).flatMap(PhotoOrientation.init)
        }
        return nil
    }
}

/// Reads numbers out of bytes, `nil` where there are none.
private struct ByteReader {
    var isLittleEndian = false
    private let data: Data

    init(_ data: Data) {
        self.data = data
    }

    func bytes(at offset: Int, count: Int) -> Data? {
        guard offset >= 0, count >= 0, offset <= data.count, count <= data.count - offset else { return nil }
        let start = data.startIndex + offset
        return data[start..<start + count]
    }

    /// An unsigned number of up to four bytes.
    func number(at offset: Int, bytes count: Int) -> Int? {
        bytes(at: offset, count: count).map { bytes in
            (isLittleEndian ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
        }
    }
}
