import CImageCodecs
import FoveaCore

/// Reads one format: the two steps that every format has.
struct PictureCodec {
    let format: PictureFormat
    /// Reads the size from the headers.
    let size: (_ bytes: [UInt8]) throws -> ImageSize
    /// Writes RGB, all of `size`.
    let decode: (_ bytes: [UInt8], _ size: ImageSize, _ rgb: UnsafeMutableBufferPointer<UInt8>) throws -> Void
    /// Writes RGB of the picture at 1/`reduction` of its size, black outside
    /// the region; `nil` where the format cannot be decoded in part.
    let decodePart: DecodePart?

    typealias DecodePart = (
        _ bytes: [UInt8], _ size: ImageSize, _ reduction: Int, _ region: PixelRegion,
        _ rgb: UnsafeMutableBufferPointer<UInt8>
    ) throws -> Void

    /// The codec of a format, `nil` where there is none.
    init?(_ format: PictureFormat) {
        switch format {
        case .jpeg: self.init(format, fovea_jpeg_size, fovea_jpeg_decode, decodePart: Self.decodeJPEG)
        case .png: self.init(format, fovea_png_size, fovea_png_decode)
        case .webp: self.init(format, fovea_webp_size, fovea_webp_decode)
        case .gif: self.init(format, fovea_gif_size, fovea_gif_decode)
        case .tiff: self.init(format, fovea_tiff_size, fovea_tiff_decode)
        case .avif: self.init(format, fovea_avif_size, fovea_avif_decode)
        case .heic: self.init(format, fovea_heic_size, fovea_heic_decode)
        case .jpeg2000: self.init(format, fovea_jpeg2000_size, fovea_jpeg2000_decode)
        case .bmp: self.init(format: format, size: BitmapReader.size, decode: BitmapReader.decode)
        case .unsupported: return nil
        }
    }

    private init(
        format: PictureFormat, size: @escaping (_ bytes: [UInt8]) throws -> ImageSize,
        decode:
            @escaping (
                _ bytes: [UInt8], _ size: ImageSize, _ rgb: UnsafeMutableBufferPointer<UInt8>
            ) throws -> Void
    ) {
        self.format = format
        self.size = size
        self.decode = decode
        decodePart = nil
    }

    private typealias NativeSize =
        @convention(c) (
            UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<fovea_codec_size>?,
            UnsafeMutablePointer<fovea_codec_detail>?
        ) -> fovea_codec_status
    private typealias NativeDecode =
        @convention(c) (
            UnsafePointer<UInt8>?, Int, fovea_codec_size, UnsafeMutablePointer<UInt8>?,
            UnsafeMutablePointer<fovea_codec_detail>?
        ) -> fovea_codec_status

    /// Wraps a pair of native functions.
    private init(
        _ format: PictureFormat, _ nativeSize: @escaping NativeSize, _ nativeDecode: @escaping NativeDecode,
        decodePart: DecodePart? = nil
    ) {
        self.format = format
        self.decodePart = decodePart
        size = { bytes in
            var detail = fovea_codec_detail()
            var size = fovea_codec_size()
            let status = bytes.withUnsafeBufferPointer { bytes in
                nativeSize(bytes.baseAddress, bytes.count, &size, &detail)
            }
            try Self.check(status, format, detail)
            return ImageSize(width: Int(size.width), height: Int(size.height))
        }
        decode = { bytes, size, rgb in
            var detail = fovea_codec_detail()
            let nativeSize = fovea_codec_size(width: Int64(size.width), height: Int64(size.height))
            let status = bytes.withUnsafeBufferPointer { bytes in
                nativeDecode(bytes.baseAddress, bytes.count, nativeSize, rgb.baseAddress, &detail)
            }
            try Self.check(status, format, detail)
        }
    }

    private static func decodeJPEG(
        _ bytes: [UInt8], _ size: ImageSize, _ reduction: Int, _ region: PixelRegion,
        _ rgb: UnsafeMutableBufferPointer<UInt8>
    ) throws {
        var detail = fovea_codec_detail()
        let status = bytes.withUnsafeBufferPointer { bytes in
            fovea_jpeg_decode_part(
                bytes.baseAddress, bytes.count,
                fovea_codec_size(width: Int64(size.width), height: Int64(size.height)), Int32(reduction),
                fovea_codec_region(
                    x: Int64(region.x), y: Int64(region.y), width: Int64(region.width),
                    height: Int64(region.height)),
                rgb.baseAddress, &detail)
        }
        try check(status, .jpeg, detail)
    }

    private static func check(
        _ status: fovea_codec_status, _ format: PictureFormat, _ detail: fovea_codec_detail
    ) throws {
        let because = text(of: detail).map { ": \($0)" } ?? ""
        switch status {
        case FOVEA_CODEC_OK:
            return
        case FOVEA_CODEC_TRUNCATED:
            throw FoveaError(
                .undecodablePicture, "The picture is a truncated \(format.name): send the whole file.")
        case FOVEA_CODEC_UNSUPPORTED:
            throw FoveaError(
                .undecodablePicture,
                """
                The picture is a \(format.name) of a kind that is not supported\(because). Convert it to \
                JPEG or PNG.
                """)
        case FOVEA_CODEC_TOO_COSTLY:
            throw FoveaError(
                .limitExceeded,
                "The \(format.name) picture would take more memory or time than its size allows\(because).")
        default:
            throw FoveaError(
                .undecodablePicture,
                "The picture is a damaged or incomplete \(format.name)\(because). Send the whole, intact file."
            )
        }
    }

    private static func text(of detail: fovea_codec_detail) -> String? {
        let text = withUnsafeBytes(of: detail.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return text.isEmpty ? nil : text
    }
}
