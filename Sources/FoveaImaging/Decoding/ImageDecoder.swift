public import FoveaCore

/// Turns picture files into pixels.
///
/// The pixels are those of Pillow's `Image.open(...).convert("RGB")`: the
/// first frame, alpha dropped rather than blended, no colour profile applied
/// and no rotation that EXIF asks for. Existing indexes were computed with
/// them. Safe to use from any thread; nothing is kept between calls.
///
/// ```swift
/// let picture = try ImageDecoder().decode([UInt8](Data(contentsOf: url)))
/// ```
public struct ImageDecoder: Sendable {
    /// What is refused before it is decoded.
    public let limits: ImageLimits

    public init(limits: ImageLimits = ImageLimits()) {
        self.limits = limits
    }

    /// Decodes a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF, HEIC or JPEG 2000 file.
    ///
    /// - Throws: ``FoveaError/Code/undecodablePicture`` with what the bytes
    ///   look like, ``FoveaError/Code/limitExceeded`` with the limit and the
    ///   picture's value.
    public func decode(_ bytes: [UInt8]) throws -> PixelImage {
        let codec = try codec(for: bytes)
        let size = try checkedSize(of: bytes, codec)
        return try PixelImage(width: size.width, height: size.height) { pixels in
            try codec.decode(bytes, size, pixels)
        }
    }

    /// Decodes what is needed of a picture, for less time than all of it takes.
    ///
    /// Of a JPEG, what lies outside the region is read but not turned into
    /// pixels; other formats are decoded whole. Pixels inside the region are
    /// those of ``decode(_:)``, or those of the reduced picture.
    ///
    /// - Parameters:
    ///   - shortSide: allows a JPEG to be decoded at 1/2, 1/4 or 1/8 of its
    ///     size, as small as leaves this many pixels on the short side, from
    ///     the lower frequencies of each block. `nil`: full size.
    ///   - region: is given the size of the result and says which part of it
    ///     is needed; at least one pixel, inside the picture.
    /// - Returns: the picture, whole or reduced. Outside the region its pixels
    ///   are black or what they should be.
    /// - Throws: as ``decode(_:)`` does, for damage anywhere in the file.
    public func decode(
        _ bytes: [UInt8], atLeast shortSide: Int? = nil, region: (ImageSize) -> PixelRegion
    ) throws -> PixelImage {
        let codec = try codec(for: bytes)
        let size = try checkedSize(of: bytes, codec)
        guard let decodePart = codec.decodePart else {
            return try PixelImage(width: size.width, height: size.height) { pixels in
                try codec.decode(bytes, size, pixels)
            }
        }
        let reduction = shortSide.map(size.reduction(leaving:)) ?? 1
        let reduced = size.reduced(by: reduction)
        let part = region(reduced)
        precondition(PixelRegion(whole: reduced).contains(part), "\(part) is not inside \(reduced)")
        return try PixelImage(width: reduced.width, height: reduced.height) { pixels in
            try decodePart(bytes, size, reduction, part, pixels)
        }
    }

    /// The size that ``decode(_:)`` would give, read from the headers alone.
    ///
    /// - Throws: as ``decode(_:)`` does, except for damage behind the headers.
    public func size(of bytes: [UInt8]) throws -> ImageSize {
        try checkedSize(of: bytes, codec(for: bytes))
    }

    private func codec(for bytes: [UInt8]) throws -> PictureCodec {
        guard bytes.count <= limits.maxBytes else {
            throw FoveaError(
                .limitExceeded,
                "The picture file has \(bytes.count) bytes; at most \(limits.maxBytes) are accepted.")
        }
        guard !bytes.isEmpty else {
            throw FoveaError(.undecodablePicture, "The picture file is empty.")
        }
        guard let format = PictureFormat(of: bytes) else {
            let start = bytes.prefix(8).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            throw FoveaError(
                .undecodablePicture,
                """
                The file is not a picture of a known format: it starts with the bytes \
                \(start.joined(separator: " ")).
                """)
        }
        guard let codec = PictureCodec(format) else {
            throw FoveaError(
                .undecodablePicture,
                """
                The file looks like \(format.name), which is not supported: convert it to JPEG or PNG.
                """)
        }
        return codec
    }

    private func checkedSize(of bytes: [UInt8], _ codec: PictureCodec) throws -> ImageSize {
        let size = try codec.size(bytes)
        guard size.width > 0, size.height > 0 else {
            throw FoveaError(
                .undecodablePicture,
                "The \(codec.format.name) picture has no pixels: its header says \(size.width)x\(size.height)."
            )
        }
        guard max(size.width, size.height) <= limits.maxSide else {
            throw FoveaError(
                .limitExceeded,
                """
                The picture is \(size.width)x\(size.height) pixels; a side may have at most \
                \(limits.maxSide).
                """)
        }
        let (pixels, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, pixels <= limits.maxPixels else {
            throw FoveaError(
                .limitExceeded,
                """
                The picture is \(size.width)x\(size.height) pixels, \(pixels) in all; at most \
                \(limits.maxPixels) are accepted.
                """)
        }
        return size
    }
}

extension ImageSize {
    /// Sides round up, as libjpeg's do.
    fileprivate func reduced(by reduction: Int) -> ImageSize {
        ImageSize(
            width: (width + reduction - 1) / reduction, height: (height + reduction - 1) / reduction)
    }

    /// The strongest reduction that leaves `pixels` on the short side.
    fileprivate func reduction(leaving pixels: Int) -> Int {
        [8, 4, 2].first { min(width, height) / $0 >= pixels } ?? 1
    }
}
