import FoveaCore

/// Reads the pixels of BMP files.
enum BitmapReader {
    static func size(_ bytes: [UInt8]) throws -> ImageSize {
        try BitmapHeader(bytes).size
    }

    /// Writes RGB, all of `size`, which is what ``size(_:)`` said.
    static func decode(
        _ bytes: [UInt8], _ size: ImageSize, _ rgb: UnsafeMutableBufferPointer<UInt8>
    ) throws {
        let header = try BitmapHeader(bytes)
        switch header.compression {
        case .runLength4, .runLength8:
            try decodeRuns(bytes, header, rgb)
        case .none, .bitFields:
            try decodeRows(bytes, header, rgb)
        }
    }

    /// Where the row stored as number `row` starts in the picture.
    private static func start(ofStored row: Int, _ header: BitmapHeader) -> Int {
        (header.isTopDown ? row : header.size.height - 1 - row) * header.size.width * 3
    }

    private static func decodeRows(
        _ bytes: [UInt8], _ header: BitmapHeader, _ rgb: UnsafeMutableBufferPointer<UInt8>
    ) throws {
        let bits = header.bitsPerPixel
        let width = header.size.width
        // Rows are padded to four bytes; the last one may lack its padding.
        let stride = (width * bits + 31) / 32 * 4
        let needed = header.pixelOffset + stride * (header.size.height - 1) + (width * bits + 7) / 8
        guard bytes.count >= needed else {
            throw FoveaError(.undecodablePicture, "The picture is a truncated BMP: send the whole file.")
        }
        let channels = header.masks.map(BitField.init(mask:))
        for row in 0..<header.size.height {
            let input = header.pixelOffset + row * stride
            var output = start(ofStored: row, header)
            for x in 0..<width {
                switch bits {
                case 24:
                    for channel in 0..<3 { rgb[output + channel] = bytes[input + x * 3 + 2 - channel] }
                case 16, 32:
                    var pixel: UInt32 = 0
                    for byte in (0..<(bits / 8)).reversed() {
                        pixel = pixel << 8 | UInt32(bytes[input + x * bits / 8 + byte])
                    }
                    for channel in 0..<3 { rgb[output + channel] = channels[channel].value(in: pixel) }
                default:
                    let shift = 8 - bits - x * bits % 8
                    let index = Int(bytes[input + x * bits / 8] >> shift) & ((1 << bits) - 1)
                    paint(header.palette[index], at: output, rgb)
                }
                output += 3
            }
        }
    }

    /// Runs of one index (or of two in turn, with 4 bits), and literal
    /// stretches. What is skipped or never written has index 0.
    private static func decodeRuns(
        _ bytes: [UInt8], _ header: BitmapHeader, _ rgb: UnsafeMutableBufferPointer<UInt8>
    ) throws {
        var reader = LittleEndianReader(bytes, format: "BMP")
        reader.position = header.pixelOffset
        let isNibbles = header.compression == .runLength4
        let (width, height) = (header.size.width, header.size.height)
        for pixel in 0..<(width * height) { paint(header.palette[0], at: pixel * 3, rgb) }
        var x = 0
        var row = 0
        func put(_ index: UInt8) {
            // What runs over the row's end is dropped.
            if x < width { paint(header.palette[Int(index)], at: start(ofStored: row, header) + x * 3, rgb) }
            x += 1
        }
        while row < height {
            let count = Int(try reader.uint8())
            let value = try reader.uint8()
            if count > 0 {
                for i in 0..<count {
                    put(isNibbles ? (i.isMultiple(of: 2) ? value >> 4 : value & 15) : value)
                }
                continue
            }
            switch value {
            case 0:
                x = 0
                row += 1
            case 1:
                return
            case 2:
                x += Int(try reader.uint8())
                row += Int(try reader.uint8())
            default:
                var byte: UInt8 = 0
                let first = reader.position
                for i in 0..<Int(value) {
                    if !isNibbles || i.isMultiple(of: 2) { byte = try reader.uint8() }
                    put(isNibbles ? (i.isMultiple(of: 2) ? byte >> 4 : byte & 15) : byte)
                }
                // Literal stretches are padded to an even length.
                if !(reader.position - first).isMultiple(of: 2) { reader.position += 1 }
            }
            // A full last row needs no mark behind it.
            if row == height - 1 && x >= width { return }
        }
    }

    private static func paint(
        _ colour: (red: UInt8, green: UInt8, blue: UInt8), at offset: Int,
        _ rgb: UnsafeMutableBufferPointer<UInt8>
    ) {
        rgb[offset] = colour.red
        rgb[offset + 1] = colour.green
        rgb[offset + 2] = colour.blue
    }
}

/// Some bits of a pixel that are one channel.
private struct BitField {
    private let shift: UInt32
    private let most: UInt32

    init(mask: UInt32) {
        shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
        most = mask >> shift
    }

    /// The channel's value, stretched to 8 bits.
    func value(in pixel: UInt32) -> UInt8 {
        guard most > 0 else { return 0 }
        return UInt8(truncatingIfNeeded: UInt64(pixel >> shift & most) * 255 / UInt64(most))
    }
}
