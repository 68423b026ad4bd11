/// A decoded picture: 8-bit RGB, interleaved, rows from top to bottom with no
/// padding between them.
public struct PixelImage: Sendable, Equatable {
    /// Bytes a pixel takes: red, green, blue.
    public static let channels = 3

    /// Columns. At least 1.
    public let width: Int
    /// Rows. At least 1.
    public let height: Int
    /// `width * height * 3` bytes; pixel (x, y) starts at `(y * width + x) * 3`.
    public let pixels: [UInt8]

    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "A picture has at least one pixel")
        precondition(pixels.count == width * height * Self.channels, "Pixels do not fill the picture")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Makes a picture whose pixels `initializer` fills, all of them.
    public init(
        width: Int, height: Int,
        initializing initializer: (UnsafeMutableBufferPointer<UInt8>) throws -> Void
    ) rethrows {
        precondition(width > 0 && height > 0, "A picture has at least one pixel")
        let count = width * height * Self.channels
        self.width = width
        self.height = height
        self.pixels = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            try initializer(UnsafeMutableBufferPointer(rebasing: buffer[0..<count]))
            initialized = count
        }
    }
}
