/// Many short strings of bytes in one run of bytes, known by their numbers.
struct ByteStrings: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each string ends in `bytes`; it starts where the one before ends.
    private var ends: [UInt32] = []

    var count: Int { ends.count }

    /// Adds a string, which gets the next number.
    ///
    /// - Parameter write: appends its bytes.
    mutating func append(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
        // A tokenizer file has at most 2³⁰ bytes, and no string is in it twice.
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    /// Where a string's bytes are.
    func range(of number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// A string's bytes.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[range(of: number)] }
}
