import CZlib

/// The CRC-32 of some bytes, and how many they are.
package struct Checksum {
    package private(set) var value: UInt32 = 0
    package private(set) var bytes = 0

    package init() {}

    package mutating func add(_ piece: UnsafeRawBufferPointer) {
        value = UInt32(
            crc32_z(uLong(value), piece.baseAddress?.assumingMemoryBound(to: UInt8.self), piece.count))
        bytes += piece.count
    }
}
