/// The kinds of picture files that are told apart by their first bytes.
package enum PictureFormat: Equatable {
    case jpeg, png, webp, gif, bmp, tiff, avif, heic, jpeg2000
    /// Recognised, but nothing here decodes it.
    case unsupported(String)

    /// What people call the format.
    var name: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        case .gif: "GIF"
        case .bmp: "BMP"
        case .tiff: "TIFF"
        case .avif: "AVIF"
        case .heic: "HEIC"
        case .jpeg2000: "JPEG 2000"
        case .unsupported(let name): name
        }
    }

    /// The format that the first bytes speak of, `nil` where they are no
    /// known format's.
    package init?(of bytes: [UInt8]) {
        func has(_ signature: [UInt8], at offset: Int = 0) -> Bool {
            bytes.dropFirst(offset).starts(with: signature)
        }
        func has(_ signature: String, at offset: Int = 0) -> Bool {
            has(Array(signature.utf8), at: offset)
        }
        if has([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if has([0x89] + Array("PNG\r\n".utf8) + [0x1A, 0x0A]) {
            self = .png
        } else if has("RIFF") && has("WEBP", at: 8) {
            self = .webp
        } else if has("GIF87a") || has("GIF89a") {
            self = .gif
        } else if has("BM") {
            self = .bmp
        } else if has([0x49, 0x49, 0x2A, 0]) || has([0x4D, 0x4D, 0, 0x2A])
            || has([0x49, 0x49, 0x2B, 0]) || has([0x4D, 0x4D, 0, 0x2B])
        {
            self = .tiff
        } else if has("ftyp", at: 4) {
            self = Self.ofBrands(bytes)
        } else if has([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A])
            || has([0xFF, 0x4F, 0xFF, 0x51])
        {
            self = .jpeg2000
        } else if let name = Self.unsupportedName(has: { has($0) }) {
            self = .unsupported(name)
        } else {
            return nil
        }
    }

    /// AVIF, HEIC and others share one container, which lists the brands that
    /// the file conforms to: the main one, a version, then the compatible ones.
    private static func ofBrands(_ bytes: [UInt8]) -> PictureFormat {
        let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        let box = bytes.prefix(min(max(length, 16), 256)).dropFirst(8)
        var brands: [String] = []
        var rest = box
        while rest.count >= 4 {
            brands.append(String(decoding: rest.prefix(4), as: UTF8.self))
            rest = rest.dropFirst(4)
        }
        if brands.contains(where: ["avif", "avis"].contains) { return .avif }
        let heif = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]
        if brands.contains(where: heif.contains) { return .heic }
        return switch brands.first {
        case "crx ": .unsupported("Canon raw (CR3)")
        case "qt  ": .unsupported("a QuickTime video")
        default: .unsupported("an MP4 video or another file of the MP4 family")
        }
    }

    private static func unsupportedName(has: ([UInt8]) -> Bool) -> String? {
        if has([0xFF, 0x0A]) || has([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]) { return "JPEG XL" }
        if has([0, 0, 1, 0]) { return "a Windows icon" }
        let byText = [
            ("8BPS", "Photoshop"), ("%PDF", "PDF"), ("qoif", "QOI"), ("FUJIFILM", "Fujifilm raw"),
            ("<svg", "SVG"), ("<?xml", "SVG or other XML"), ("P1", "PBM"), ("P2", "PGM"), ("P3", "PPM"),
            ("P4", "PBM"), ("P5", "PGM"), ("P6", "PPM"), ("II*\0", "TIFF"), ("DDS ", "DDS"),
        ]
        return byText.first { has(Array($0.0.utf8)) }?.1
    }
}
