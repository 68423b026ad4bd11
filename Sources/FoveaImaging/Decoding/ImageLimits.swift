/// What a picture may cost before it is refused. Checked against the file's
/// header, before memory is spent on pixels.
public struct ImageLimits: Sendable, Hashable {
    /// Width times height. The default, a third of 512 MiB, is where Pillow
    /// refuses a picture as a decompression bomb; decoded, that many pixels
    /// take 512 MiB.
    public var maxPixels: Int
    /// The longer side, in pixels. The default is the most a JPEG can say; it
    /// keeps coordinates far from any integer's end.
    public var maxSide: Int
    /// Length of the file. The default has room for ``maxPixels`` stored
    /// uncompressed with 16 bits a channel.
    public var maxBytes: Int

    public init(maxPixels: Int = 178_956_970, maxSide: Int = 65_535, maxBytes: Int = 1 << 30) {
        self.maxPixels = maxPixels
        self.maxSide = maxSide
        self.maxBytes = maxBytes
    }
}
