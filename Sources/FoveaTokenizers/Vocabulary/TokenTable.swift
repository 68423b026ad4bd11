/// Tokens and their ids, found by hash.
///
/// A quarter of a million tokens cost four arrays and no strings. The hash is keyed per process, against
/// files made of collisions.
struct TokenTable: Sendable {
    private var tokens = ByteStrings()
    private var ids: [UInt32] = []
    /// Token index + 1, or 0; open addressing, linear probing.
    private var slots: [UInt32]

    /// Makes an empty table with room for `capacity` tokens.
    init(capacity: Int) {
        var size = 16
        while size < capacity * 2 { size *= 2 }
        slots = Array(repeating: 0, count: size)
        ids.reserveCapacity(capacity)
    }

    /// The number of different tokens.
    var count: Int { ids.count }

    /// Adds a token, or gives a known one another id.
    ///
    /// - Parameter write: appends the token's UTF-8.
    mutating func insert(id: UInt32, _ write: (inout [UInt8]) -> Void) {
        let number = tokens.count
        tokens.append(write)
        let slot = find(tokens.bytes.span.extracting(tokens.range(of: number)))
        if slots[slot] != 0 {
            ids[Int(slots[slot]) - 1] = id
            tokens.removeLast()
            return
        }
        ids.append(id)
        slots[slot] = UInt32(ids.count)
        if ids.count * 4 > slots.count * 3 { grow() }
    }

    /// A token's id.
    func id(of token: Span<UInt8>) -> UInt32? {
        let entry = slots[find(token)]
        return entry == 0 ? nil : ids[Int(entry) - 1]
    }

    /// A token's id.
    func id(of token: [UInt8]) -> UInt32? {
        id(of: token.span)
    }

    /// The slot that holds a token, or that it would go to.
    private func find(_ token: Span<UInt8>) -> Int {
        let mask = slots.count - 1
        var slot = Self.hash(token) & mask
        while slots[slot] != 0, !isEqual(Int(slots[slot]) - 1, token) {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isEqual(_ index: Int, _ token: Span<UInt8>) -> Bool {
        let range = tokens.range(of: index)
        guard range.count == token.count else { return false }
        for offset in 0..<token.count where tokens.bytes[range.lowerBound + offset] != token[offset] {
            return false
        }
        return true
    }

    private static func hash(_ token: Span<UInt8>) -> Int {
        var hasher = Hasher()
        token.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for index in ids.indices {
            var slot = Self.hash(tokens.bytes.span.extracting(tokens.range(of: index))) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }
}
