extension Collection where Element == UInt8, Index == Int {
    /// The number in the `bytes` bytes from `offset` on, counted from the
    /// collection's start, lowest byte first.
    ///
    /// - Throws: ``ZipFault`` if the collection ends before.
    func littleEndian(at offset: Int, bytes: Int) throws -> Int {
        guard offset >= 0, offset + bytes <= count else { throw ZipFault("it ends too early") }
        return (0..<bytes).reversed().reduce(0) { $0 << 8 | Int(self[startIndex + offset + $1]) }
    }
}
