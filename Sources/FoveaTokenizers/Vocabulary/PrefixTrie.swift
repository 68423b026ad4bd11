/// Strings of bytes with a value each, found byte by byte.
///
/// Nodes are numbered level by level, so a node's children are neighbours,
/// sorted by their byte: three flat arrays, nine bytes a node. It is built
/// from sorted strings, without looking anything up, because the million
/// nodes of a multilingual vocabulary have to be there in a tenth of a second.
struct PrefixTrie: Sendable {
    /// A place in the trie.
    typealias Node = UInt32

    static let root: Node = 0

    /// The number of different strings.
    private(set) var count = 0
    /// The byte that leads to a node.
    private var labels: [UInt8] = [0]
    /// A node's first child; its last is in front of the next node's first.
    private var firstChildren: [Node] = []
    /// A node's value; `none` where no string ends.
    private var values: [UInt32] = [none]

    private static let none = UInt32.max

    /// Builds the trie of `strings`. Of equal ones, the last counts.
    ///
    /// - Parameter values: one for each string, none of them 4294967295.
    init(_ strings: ByteStrings, values stringValues: [UInt32]) {
        // In order, so that each level is read from front to back.
        let order = Self.sorted(strings)
        var sorted = ByteStrings()
        for number in order { sorted.append { $0 += strings[number] } }
        let bytes = sorted.bytes
        // The strings below each node, level by level.
        var level = [0..<order.count]
        var depth = 0
        while !level.isEmpty {
            var below: [Range<Int>] = []
            for range in level {
                let node = firstChildren.count
                var position = range.lowerBound
                // Shorter strings come first.
                while position < range.upperBound, sorted.range(of: position).count == depth {
                    values[node] = stringValues[order[position]]
                    position += 1
                }
                if values[node] != Self.none { count += 1 }
                firstChildren.append(Node(labels.count))
                while position < range.upperBound {
                    let start = position
                    let label = bytes[sorted.range(of: position).lowerBound + depth]
                    repeat {
                        position += 1
                    } while position < range.upperBound
                        && bytes[sorted.range(of: position).lowerBound + depth] == label
                    labels.append(label)
                    values.append(Self.none)
                    below.append(start..<position)
                }
            }
            level = below
            depth += 1
        }
        firstChildren.append(Node(labels.count))
    }

    /// The strings' numbers in the order of their bytes, then of their numbers.
    private static func sorted(_ strings: ByteStrings) -> [Int] {
        // Most comparisons end with the first eight bytes.
        let keys = (0..<strings.count).map { number in
            let start = strings[number].prefix(8)
            let key = start.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return (head: start.isEmpty ? 0 : key << UInt64(64 - start.count * 8), number: number)
        }
        return keys.sorted { left, right in
            if left.head != right.head { return left.head < right.head }
            let (a, b) = (strings[left.number], strings[right.number])
            if a.lexicographicallyPrecedes(b) { return true }
            return left.number < right.number && !b.lexicographicallyPrecedes(a)
        }.map(\.number)
    }

    /// The node one byte further down.
    func child(of node: Node, _ byte: UInt8) -> Node? {
        var low = firstChildren[Int(node)]
        var high = firstChildren[Int(node) + 1]
        while low < high {
            let middle = low + (high - low) / 2
            let label = labels[Int(middle)]
            if label == byte { return middle }
            if label < byte { low = middle + 1 } else { high = middle }
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
        return value == Self.none ? nil : value
    }

    /// A string's value.
    func value(of string: some Sequence<UInt8>) -> UInt32? {
        descendant(string).flatMap(value)
    }
}
