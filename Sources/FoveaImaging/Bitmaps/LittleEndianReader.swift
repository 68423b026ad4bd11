import FoveaCore

/// Reads numbers out of a file, lowest byte first.
struct LittleEndianReader {
    private let bytes: [UInt8]
    private let format: String
    /// Where the next number is read.
    var position = 0

    /// - Parameter format: what the file is called in errors.
    init(_ bytes: [UInt8], format: String) {
        self.bytes = bytes
        self.format = format
    }

    mutating func uint8() throws -> UInt8 {
        guard position < bytes.count else {
            throw FoveaError(
                .undecodablePicture, "The picture is a truncated \(format): send the whole file.")
        }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func uint16() throws -> UInt16 {
        UInt16(try uint8()) | UInt16(try uint8()) << 8
    }

    mutating func uint32() throws -> UInt32 {
        UInt32(try uint16()) | UInt32(try uint16()) << 16
    }
}
