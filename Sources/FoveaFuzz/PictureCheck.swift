import FoveaCore
import FoveaImaging

/// Decodes a picture, and parts of it.
enum PictureCheck {
    /// Small, so that no input takes long: decoders may spend as much as a
    /// picture's size allows.
    private static let decoder = ImageDecoder(
        limits: ImageLimits(maxPixels: 1 << 16, maxSide: 4096, maxBytes: 1 << 20))

    static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
        let size = try result { try decoder.size(of: bytes) }
        guard let picture = try decode(bytes, on: 0x55) else {
            try promise(
                try part(of: bytes) == nil, "A part was decoded of a picture that is refused as a whole.")
            return
        }
        guard let size else { throw BrokenPromise("A picture without a size was decoded.") }
        try promise(
            picture.width == size.width && picture.height == size.height,
            "The picture is \(picture.width)x\(picture.height), not \(size.width)x\(size.height).")
        // libde265 leaves parts of a damaged HEIC picture unwritten, and tells nobody.
        guard PictureFormat(of: bytes) != .heic else { return }
        // Pixels that nothing was written to show what was in the memory.
        let again = try decode(bytes, on: 0xAA)
        try promise(again == picture, "The picture is another one when it is decoded again.")
        try checkParts(of: bytes, picture)
    }

    /// A part is what the whole has there.
    private static func checkParts(of bytes: [UInt8], _ picture: PixelImage) throws(BrokenPromise) {
        // Which part follows from the bytes, so that a finding can be repeated.
        var random = SplitMix64(seed: bytes)
        for _ in 0..<3 {
            let (x, width) = span(of: picture.width, &random)
            let (y, height) = span(of: picture.height, &random)
            let region = PixelRegion(x: x, y: y, width: width, height: height)
            let part = try result { try decoder.decode(bytes) { _ in region } }
            try promise(part != nil, "A part was refused of a picture that was decoded whole.")
            try promise(
                part?.cropped(to: region) == picture.cropped(to: region),
                "The part \(region) is another one than in the whole picture.")
        }
    }

    private static func span(of length: Int, _ random: inout SplitMix64) -> (start: Int, count: Int) {
        let start = Int.random(in: 0..<length, using: &random)
        return (start, Int.random(in: 1...(length - start), using: &random))
    }

    /// - Parameter rest: what is in the memory that is likely to be used next.
    private static func decode(_ bytes: [UInt8], on rest: UInt8) throws(BrokenPromise) -> PixelImage? {
        let size = try? decoder.size(of: bytes)
        leave(rest, count: (size?.width ?? 0) * (size?.height ?? 0) * PixelImage.channels)
        return try result { try decoder.decode(bytes) }
    }

    /// The picture decoded for its middle pixel, `nil` where it is refused.
    private static func part(of bytes: [UInt8]) throws(BrokenPromise) -> PixelImage? {
        try result {
            try decoder.decode(bytes) { PixelRegion(x: $0.width / 2, y: $0.height / 2, width: 1, height: 1) }
        }
    }

    /// Fills memory with `byte` and gives it back. Never inlined, since an
    /// array that nobody reads would not be made.
    @inline(never)
    private static func leave(_ byte: UInt8, count: Int) {
        for _ in 0..<2 { _ = [UInt8](repeating: byte, count: count) }
    }

    /// What `body` returns, or `nil` where it refuses the picture.
    private static func result<Value>(_ body: () throws -> Value) throws(BrokenPromise) -> Value? {
        do {
            return try body()
        } catch let error as FoveaError {
            try promise(
                [.undecodablePicture, .limitExceeded].contains(error.code) && !error.message.isEmpty,
                "A picture was refused with '\(error)', \(error.code).")
            return nil
        } catch {
            throw BrokenPromise("An error of another type: \(error)")
        }
    }
}
