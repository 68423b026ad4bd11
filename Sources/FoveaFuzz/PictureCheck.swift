import FoveaCore
import FoveaImaging

/// Decodes a picture.
enum PictureCheck {
    /// Small, so that no input takes long: decoders may spend as much as a
    /// picture's size allows.
    private static let decoder = ImageDecoder(
        limits: ImageLimits(maxPixels: 1 << 16, maxSide: 4096, maxBytes: 1 << 20))

    static func run(_ bytes: [UInt8]) throws(BrokenPromise) {
        let size = try result { try decoder.size(of: bytes) }
        guard let picture = try decode(bytes, on: 0x55) else { return }
        guard let size else { throw BrokenPromise("A picture without a size was decoded.") }
        try promise(
            picture.width == size.width && picture.height == size.height,
            "The picture is \(picture.width)x\(picture.height), not \(size.width)x\(size.height).")
        // Pixels that nothing was written to show what was in the memory.
        let again = try decode(bytes, on: 0xAA)
        try promise(again == picture, "The picture is another one when it is decoded again.")
    }

    /// - Parameter rest: what is in the memory that is likely to be used next.
    private static func decode(_ bytes: [UInt8], on rest: UInt8) throws(BrokenPromise) -> PixelImage? {
        let size = try? decoder.size(of: bytes)
        leave(rest, count: (size?.width ?? 0) * (size?.height ?? 0) * PixelImage.channels)
        return try result { try decoder.decode(bytes) }
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
