import Foundation
import FoveaCore
import FoveaDemoKit
import Testing

@Suite struct PhotoOrientationTests {
    /// The start of a JPEG file: JFIF, then Exif with Make (tag 0x010F) and Orientation.
    private func jpeg(_ value: UInt8, littleEndian: Bool) -> Data {
        func number(_ value: Int, _ bytes: Int) -> [UInt8] {
            let big = (0..<bytes).reversed().map { UInt8(value >> (8 * $0) & 0xFF) }
            return littleEndian ? big.reversed() : big
        }
        var tiff: [UInt8] = littleEndian ? [0x49, 0x49] : [0x4D, 0x4D]
        tiff += number(42, 2) + number(8, 4) + number(2, 2)
        tiff += number(0x010F, 2) + number(2, 2) + number(1, 4) + [0, 0, 0, 0]
        tiff += number(0x0112, 2) + number(3, 2) + number(1, 4) + number(Int(value), 2) + [0, 0]
        let exif: [UInt8] = Array("Exif\0\0".utf8) + tiff
        return Data(
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + [0xFF, 0xDA])
    }

    @Test(arguments: 1...8, [true, false])
    func isReadFromExif(value: Int, littleEndian: Bool) {
        let file = jpeg(UInt8(value), littleEndian: littleEndian)
        #expect(PhotoOrientation(of: file).rawValue == value)
        // Slices do not begin at 0.
        #expect(PhotoOrientation(of: (Data([1, 2, 3]) + file)[3...]).rawValue == value)
    }

    @Test func whatIsBrokenIsUpright() {
        let file = jpeg(6, littleEndian: true)
        for length in 0..<file.count - 8 {
            #expect(PhotoOrientation(of: file.prefix(length)) == .upright)
        }
        #expect(PhotoOrientation(of: jpeg(9, littleEndian: false)) == .upright)
        #expect(PhotoOrientation(of: Data(repeating: 0xFF, count: 100)) == .upright)
    }

    // A photo of 4 × 2 with a mark at (1, 0.5), worked out by turning a sheet of paper
    // as the descriptions of Exif's values 1 to 8 say.
    @Test(arguments: [
        (1, 4, 2, 1, 0.5), (2, 4, 2, 3, 0.5), (3, 4, 2, 3, 1.5), (4, 4, 2, 1, 1.5), (5, 2, 4, 0.5, 1),
        (6, 2, 4, 1.5, 1), (7, 2, 4, 1.5, 3), (8, 2, 4, 0.5, 3),
    ])
    func placesAreTurnedAsBrowsersDo(value: Int, width: Int, height: Int, x: Float, y: Float) throws {
        let orientation = try #require(PhotoOrientation(rawValue: value))
        let stored = ImageSize(width: 4, height: 2)
        #expect(orientation.shown(stored) == ImageSize(width: width, height: height))
        #expect(orientation.shown(Point(x: 1, y: 0.5), in: stored) == Point(x: x, y: y))
    }

    @Test func boxesStayTheRightWayRound() {
        let box = Box(x1: 1, y1: 0, x2: 3, y2: 1)
        let shown = PhotoOrientation.turnedRight.shown(box, in: ImageSize(width: 4, height: 2))
        #expect(shown == Box(x1: 1, y1: 1, x2: 2, y2: 3))
    }
}
