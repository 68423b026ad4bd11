public import FoveaCore

/// A picture whose header was read, and whose pixels are left to who needs them.
public struct PictureFile: Sendable {
    /// Of the whole picture, in pixels.
    public let size: ImageSize
    /// How its pixels may be decoded.
    public let decoding: PictureDecoding
    private let bytes: [UInt8]
    private let decoder: ImageDecoder

    /// - Throws: as ``ImageDecoder/size(of:)`` does.
    public init(_ bytes: [UInt8], decoder: ImageDecoder, decoding: PictureDecoding = .exact) throws {
        size = try decoder.size(of: bytes)
        self.bytes = bytes
        self.decoder = decoder
        self.decoding = decoding
    }

    /// Decodes a part, as ``ImageDecoder/decode(_:atLeast:region:)`` does.
    ///
    /// - Parameter shortSide: counts where ``decoding`` allows less than all.
    /// - Throws: as ``ImageDecoder/decode(_:)`` does.
    public func decode(atLeast shortSide: Int, region: (ImageSize) -> PixelRegion) throws -> PixelImage {
        try decoder.decode(bytes, atLeast: decoding == .fast ? shortSide : nil, region: region)
    }
}
