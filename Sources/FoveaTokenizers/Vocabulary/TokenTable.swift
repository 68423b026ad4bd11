/// Tokens and their ids, found by hash.
///
/// A quarter of a million tokens cost four arrays and no strings. The hash is
/// keyed per process, against files made of collisions.
struct TokenTable: Sendable {
    /// The number of different tokens.
    private(set) var count = 0
    private let tokens: ByteStrings
    private var ids: [UInt32]
    /// Open addressing, linear probing: half of the hash in the upper 32
    /// bits, the token's number + 1 in the lower; 0 is free.
    private var slots: [UInt64]

    /// Makes the table of `tokens`. Of equal ones, the last counts.
    ///
    /// - Parameter ids: one for each token.
    init(_ tokens: ByteStrings, ids: [UInt32]) {
        self.tokens = tokens
        self.ids = ids
        var size = 16
        while size < tokens.count * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for number in 0..<tokens.count {
            let (slot, entry) = find(tokens.bytes.span.extracting(tokens.range(of: number)))
            if slots[slot] == 0 {
                slots[slot] = entry | UInt64(number + 1)
                count += 1
            } else {
                self.ids[self.number(in: slot)] = ids[number]
            }
        }
    }

    /// A token's id.
    func id(of token: [UInt8]) -> UInt32? {
        let slot = find(token.span).slot
        return slots[slot] == 0 ? nil : ids[number(in: slot)]
    }

    private func number(in slot: Int) -> Int {
        Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
    }

    /// The slot that holds a token, or that it would go to, and the upper
    /// half of its entry there.
    private func find(_ token: Span<UInt8>) -> (slot: Int, entry: UInt64) {
        var hasher = Hasher()
        token.withUnsafeBytes { hasher.combine(bytes: $0) }
        let hash = UInt64(truncatingIfNeeded: hasher.finalize())
        let entry = hash & ~0xFFFF_FFFF
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            if slots[slot] & ~0xFFFF_FFFF == entry, isToken(number(in: slot), token) { break }
            slot = (slot + 1) & mask
        }
        return (slot, entry)
    }

    private func isToken(_ number: Int, _ token: Span<UInt8>) -> Bool {
        let range = tokens.range(of: number)
        guard range.count == token.count else { return false }
        for offset in 0..<token.count where tokens.bytes[range.lowerBound + offset] != token[offset] {
            return false
        }
        return true
    }
}
