/// Strings of bytes with a value each, found byte by byte.
///
/// All edges lie in one hash table of 64-bit words: the parent's number (28
/// bits), the byte (8), the child's number (28). The trie of a multilingual
/// vocabulary is built in a tenth of a second and takes a few tens of
/// megabytes.
struct PrefixTrie: Sendable {
    /// A place in the trie.
    typealias Node = UInt32

    static let root: Node = 0

    private var edges: [UInt64]
    private var edgeCount = 0
    /// A node's value + 1, or 0.
    private var values: [UInt32] = [0]
    /// A random odd factor: multiplicative hashing (Dietzfelbinger et al.,
    /// "A reliable randomized algorithm for the closest-pair problem").
    private let factor = UInt64.random(in: .min ... .max) | 1

    /// Makes an empty trie with room for `capacity` edges.
    init(capacity: Int) {
        var size = 64
        while size < capacity { size *= 2 }
        edges = Array(repeating: 0, count: size)
    }

    /// Adds a string, or gives a known one another value.
    ///
    /// - Returns: whether the string was known.
    /// - Throws: ``TokenizerFault`` where there are too many strings, or the
    ///   value is 4294967295.
    @discardableResult
    mutating func insert(_ string: some Sequence<UInt8>, value: UInt32) throws -> Bool {
        var node = Self.root
        for byte in string { node = try child(of: node, adding: byte) }
        guard value < .max else { throw tooLarge }
        defer { values[Int(node)] = value + 1 }
        return values[Int(node)] != 0
    }

    /// A string's value.
    func value(of string: some Sequence<UInt8>) -> UInt32? {
        descendant(string).flatMap(value)
    }

    /// The node one byte further down.
    func child(of node: Node, _ byte: UInt8) -> Node? {
        let key = Self.key(node, byte)
        var slot = self.slot(key)
        while edges[slot] != 0 {
            if edges[slot] >> 28 == key { return Node(truncatingIfNeeded: edges[slot] & 0xFFF_FFFF) }
            slot = (slot + 1) & (edges.count - 1)
        }
        return nil
    }

    /// The node below `node` at the end of a string.
    func descendant(of node: Node = root, _ string: some Sequence<UInt8>) -> Node? {
        var node = node
        for byte in string {
            guard let next = child(of: node, byte) else { return nil }
            node = next
        }
        return node
    }

    /// The value of the string that ends at a node.
    func value(at node: Node) -> UInt32? {
        let value = values[Int(node)]
        return value == 0 ? nil : value - 1
    }

    private static func key(_ node: Node, _ byte: UInt8) -> UInt64 {
        UInt64(node) << 8 | UInt64(byte)
    }

    private func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* factor) >> UInt64(edges.count.leadingZeroBitCount + 1))
    }

    private var tooLarge: TokenizerFault {
        TokenizerFault("model", "has a vocabulary or a token id that is too large")
    }

    private mutating func child(of node: Node, adding byte: UInt8) throws -> Node {
        if let known = child(of: node, byte) { return known }
        let number = values.count
        guard number < 1 << 28 else { throw tooLarge }
        values.append(0)
        edgeCount += 1
        if edgeCount * 3 > edges.count * 2 { grow() }
        place(Self.key(node, byte) << 28 | UInt64(number))
        return Node(number)
    }

    private mutating func place(_ edge: UInt64) {
        var slot = self.slot(edge >> 28)
        while edges[slot] != 0 { slot = (slot + 1) & (edges.count - 1) }
        edges[slot] = edge
    }

    private mutating func grow() {
        let old = edges
        edges = Array(repeating: 0, count: old.count * 2)
        for edge in old where edge != 0 { place(edge) }
    }
}
