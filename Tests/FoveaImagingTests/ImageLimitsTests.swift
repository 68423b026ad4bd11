import FoveaCore
import FoveaImaging
import Foundation
import Testing

@Suite("Limits on picture files")
struct ImageLimitsTests {
    /// A PNG's first chunk, which says the size, and nothing after it.
    private func pngHeader(width: UInt32, height: UInt32) -> [UInt8] {
        var content = Array("IHDR".utf8)
        for side in [width, height] {
            content += (0..<4).reversed().map { UInt8(truncatingIfNeeded: side >> ($0 * 8)) }
        }
        content += [8, 2, 0, 0, 0]
        // CRC-32, as PNG's specification gives it.
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in content {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        let check = (0..<4).reversed().map { UInt8(truncatingIfNeeded: ~crc >> ($0 * 8)) }
        let start: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]
        // An empty data chunk, so that the header is complete.
        return start + content + check + [0, 0, 0, 0] + Array("IDAT".utf8) + [0x35, 0xAF, 0x06, 0x1E]
    }

    private func failure(_ decoder: ImageDecoder, _ bytes: [UInt8]) -> FoveaError? {
        let error = #expect(throws: FoveaError.self) { try decoder.decode(bytes) }
        let sizeError = #expect(throws: FoveaError.self) { try decoder.size(of: bytes) }
        #expect(error?.code == sizeError?.code)
        return error
    }

    @Test func refusesTooManyPixels() {
        let error = failure(ImageDecoder(), pngHeader(width: 50_000, height: 50_000))
        #expect(error?.code == .limitExceeded)
        #expect(error?.message.contains("50000x50000") == true)
        #expect(error?.message.contains("178956970") == true)
    }

    @Test func refusesALongSide() {
        let error = failure(ImageDecoder(), pngHeader(width: 70_000, height: 1))
        #expect(error?.code == .limitExceeded)
        #expect(error?.message.contains("65535") == true)
    }

    @Test func refusesALongFile() throws {
        let decoder = ImageDecoder(limits: ImageLimits(maxBytes: 100))
        let error = failure(decoder, try Fixtures.file("rgb8.png"))
        #expect(error?.code == .limitExceeded)
        #expect(error?.message.contains("100") == true)
    }

    /// The smallest file of each format, against limits that it just meets
    /// and just fails.
    @Test(arguments: [
        "420.jpg", "rgb8.png", "lossy.webp", "plain.gif", "rgb24.bmp", "raw.tiff", "420.avif", "444.heic",
        "rgb.jp2",
    ])
    func holdForEveryFormat(name: String) throws {
        let bytes = try Fixtures.file(name)
        let size = try ImageDecoder().size(of: bytes)
        let pixels = size.width * size.height
        let side = max(size.width, size.height)
        let just = ImageDecoder(limits: ImageLimits(maxPixels: pixels, maxSide: side, maxBytes: bytes.count))
        #expect(try just.decode(bytes).width == size.width)
        for limits in [
            ImageLimits(maxPixels: pixels - 1), ImageLimits(maxSide: side - 1),
            ImageLimits(maxBytes: bytes.count - 1),
        ] {
            #expect(failure(ImageDecoder(limits: limits), bytes)?.code == .limitExceeded)
        }
    }

    @Test func refusesAPictureWithoutPixels() {
        var bytes = Array("BM".utf8) + [UInt8](repeating: 0, count: 52)
        bytes[14] = 40
        bytes[28] = 24
        #expect(failure(ImageDecoder(), bytes)?.code == .undecodablePicture)
    }
}
