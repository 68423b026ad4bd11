import FoveaCore

/// What a BMP file says in front of its pixels.
///
/// Formats: BITMAPCOREHEADER (12 bytes) and BITMAPINFOHEADER with its later
/// extensions (40 to 124 bytes).
struct BitmapHeader {
    enum Compression: UInt32 {
        case none = 0
        case runLength8 = 1
        case runLength4 = 2
        case bitFields = 3
    }

    let size: ImageSize
    /// Whether the first stored row is the top one; usually it is the bottom.
    let isTopDown: Bool
    let bitsPerPixel: Int
    let compression: Compression
    /// RGB for each index; black beyond what the file says.
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)]
    /// Bits of a pixel that are red, green and blue, for 16 and 32 bits.
    let masks: [UInt32]
    /// Where the pixels start in the file.
    let pixelOffset: Int

    init(_ bytes: [UInt8]) throws {
        var reader = LittleEndianReader(bytes, format: "BMP")
        reader.position = 10
        let statedOffset = Int(try reader.uint32())
        let headerStart = reader.position
        let headerLength = Int(try reader.uint32())
        let isCore = headerLength == 12
        guard isCore || [40, 52, 56, 64, 108, 124].contains(headerLength) else {
            throw Self.unsupported("its header has \(headerLength) bytes")
        }
        let width: Int
        let storedHeight: Int
        if isCore {
            width = Int(try reader.uint16())
            storedHeight = Int(try reader.uint16())
        } else {
            width = Int(Int32(bitPattern: try reader.uint32()))
            storedHeight = Int(Int32(bitPattern: try reader.uint32()))
        }
        _ = try reader.uint16()
        bitsPerPixel = Int(try reader.uint16())
        guard [1, 4, 8, 16, 24, 32].contains(bitsPerPixel) else {
            throw Self.unsupported("it has \(bitsPerPixel) bits a pixel")
        }
        size = ImageSize(width: width, height: abs(storedHeight))
        isTopDown = storedHeight < 0

        var colours = 0
        var compression = Compression.none
        if !isCore {
            let code = try reader.uint32()
            guard let known = Compression(rawValue: code) else {
                throw Self.unsupported("its compression is number \(code)")
            }
            compression = known
            reader.position += 12
            colours = Int(try reader.uint32())
            reader.position += 4
        }
        self.compression = compression
        switch (compression, bitsPerPixel) {
        case (.bitFields, 16...):
            // Masks follow a 40-byte header and are part of a longer one, at
            // the same place.
            masks = [try reader.uint32(), try reader.uint32(), try reader.uint32()]
        case (.none, 16):
            masks = [0x7C00, 0x3E0, 0x1F]
        case (.none, _), (.runLength4, 4), (.runLength8, 8):
            masks = [0xFF0000, 0xFF00, 0xFF]
        default:
            throw Self.unsupported("its compression does not fit \(bitsPerPixel) bits a pixel")
        }

        reader.position = max(reader.position, headerStart + headerLength)
        var palette: [(red: UInt8, green: UInt8, blue: UInt8)] = []
        if bitsPerPixel <= 8 {
            if colours == 0 { colours = 1 << bitsPerPixel }
            guard colours > 0 && colours <= 65536 else {
                throw Self.unsupported("its palette has \(colours) colours")
            }
            for index in 0..<colours {
                let blue = try reader.uint8()
                let green = try reader.uint8()
                let red = try reader.uint8()
                if !isCore { _ = try reader.uint8() }
                if index < 256 { palette.append((red, green, blue)) }
            }
        }
        self.palette = palette + Array(repeating: (0, 0, 0), count: 256 - palette.count)
        // Some writers forget the palette when they state the offset, some
        // forget the offset.
        let forgetsPalette = bitsPerPixel <= 8 && statedOffset == 14 + headerLength
        pixelOffset = statedOffset == 0 || forgetsPalette ? reader.position : statedOffset
    }

    /// An error for a file that is sound, but of a kind not handled.
    static func unsupported(_ because: String) -> FoveaError {
        FoveaError(
            .undecodablePicture,
            "The picture is a BMP of a kind that is not supported: \(because). Convert it to JPEG or PNG.")
    }
}
