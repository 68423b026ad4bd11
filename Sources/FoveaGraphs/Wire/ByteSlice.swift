package import Foundation

/// A run of bytes in memory that others share: a part of a mapped file, or
/// bytes that were made. Taking a part of it copies nothing.
package struct ByteSlice: Sendable {
    private let base: Data
    /// Offsets from the base's first byte.
    private let range: Range<Int>

    package init(_ data: Data) {
        base = data
        range = 0..<data.count
    }

    private init(base: Data, range: Range<Int>) {
        self.base = base
        self.range = range
    }

    package var count: Int { range.count }

    /// - Parameter part: offsets from the slice's first byte, inside it.
    package subscript(part: Range<Int>) -> ByteSlice {
        precondition(part.lowerBound >= 0 && part.upperBound <= count, "The part lies outside the slice")
        return ByteSlice(
            base: base,
            range: (range.lowerBound + part.lowerBound)..<(range.lowerBound + part.upperBound))
    }

    package func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try base.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// The bytes as text; what is no UTF-8 is replaced.
    package var text: String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// A copy of the bytes.
    package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
