/// Which neighbours byte-pair encoding joins, and in which order.
struct MergeTable: Sendable {
    private struct Merge {
        var rank: UInt32
        var result: UInt32
    }

    /// By the left id in the upper and the right id in the lower 32 bits.
    private var merges: [UInt64: Merge] = [:]

    /// Reads `merges`: pairs of tokens, or strings with a space in between.
    ///
    /// - Parameter prefixLength: how many bytes of the right token are the
    ///   prefix of continuations, and not in the joined one.
    init(_ reader: ComponentReader, _ vocabulary: TokenTable, prefixLength: Int) throws {
        let list = try reader.required("merges")
        guard list.kind == .array else { throw reader.fault("has merges that are not an array") }
        let document = list.document
        let end = document.next(after: list.index)
        merges.reserveCapacity((end - list.index) / 3)
        var left: [UInt8] = []
        var right: [UInt8] = []
        var rank: UInt32 = 0
        var index = list.index + 1
        while index < end {
            defer { index = document.next(after: index) }
            left.removeAll(keepingCapacity: true)
            right.removeAll(keepingCapacity: true)
            guard try Self.read(JSONValue(document: document, index: index), &left, &right) else { continue }
            guard let leftID = vocabulary.id(of: left), let rightID = vocabulary.id(of: right),
                right.count >= prefixLength
            else { throw reader.fault("has a merge (\(rank)) of a token that is not in its vocab") }
            left += right[prefixLength...]
            guard let result = vocabulary.id(of: left) else {
                throw reader.fault("has a merge (\(rank)) into a token that is not in its vocab")
            }
            merges[Self.key(leftID, rightID)] = Merge(rank: rank, result: result)
            rank += 1
        }
    }

    /// Reads one entry; false where it is a comment.
    private static func read(_ entry: JSONValue, _ left: inout [UInt8], _ right: inout [UInt8]) throws -> Bool
    {
        let document = entry.document
        if entry.kind == .array, document.next(after: entry.index) == entry.index + 3 {
            let first = JSONValue(document: document, index: entry.index + 1)
            let second = JSONValue(document: document, index: entry.index + 2)
            if first.isString, second.isString {
                document.appendString(at: first.index, to: &left)
                document.appendString(at: second.index, to: &right)
                return true
            }
        } else if let text = entry.utf8 {
            if text.starts(with: "#version".utf8) { return false }
            let parts = text.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            if parts.count == 2 {
                left += parts[0]
                right += parts[1]
                return true
            }
        }
        throw TokenizerFault("model", "has a merge that is neither [\"left\", \"right\"] nor \"left right\"")
    }

    private static func key(_ left: UInt32, _ right: UInt32) -> UInt64 {
        UInt64(left) << 32 | UInt64(right)
    }

    /// Joins neighbours until no pair is left that was learnt.
    ///
    /// A queue holds the pairs that could be joined, so a word of n
    /// characters takes n log n steps.
    func join(_ symbols: [UInt32]) -> [UInt32] {
        guard symbols.count > 1 else { return symbols }
        var symbols = symbols
        // A list: who comes after whom; -1 is nobody. Joined-away symbols
        // have themselves as the next one.
        var next = (1...symbols.count).map { Int32($0 == symbols.count ? -1 : $0) }
        var previous = (0..<symbols.count).map { Int32($0 - 1) }
        var queue = MergeQueue()

        func enqueue(_ left: Int32) {
            guard left >= 0, next[Int(left)] >= 0 else { return }
            if let merge = merges[Self.key(symbols[Int(left)], symbols[Int(next[Int(left)])])] {
                queue.push(.init(rank: merge.rank, position: UInt32(left), result: merge.result))
            }
        }
        for left in symbols.indices { enqueue(Int32(left)) }
        while let top = queue.pop() {
            let left = Int(top.position)
            let right = next[left]
            // The pair may have gone or changed since it was queued.
            guard right >= 0, right != left,
                merges[Self.key(symbols[left], symbols[Int(right)])]?.result == top.result
            else { continue }
            symbols[left] = top.result
            let after = next[Int(right)]
            next[left] = after
            next[Int(right)] = right
            if after >= 0 { previous[Int(after)] = Int32(left) }
            enqueue(previous[left])
            enqueue(Int32(left))
        }
        return symbols.indices.compactMap { next[$0] == $0 ? nil : symbols[$0] }
    }
}

/// A heap of possible joins: the lowest rank first, of equals the leftmost.
private struct MergeQueue {
    struct Entry {
        var rank: UInt32
        var position: UInt32
        var result: UInt32

        var priority: UInt64 { UInt64(rank) << 32 | UInt64(position) }
    }

    private var entries: [Entry] = []

    mutating func push(_ entry: Entry) {
        var index = entries.count
        entries.append(entry)
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[parent].priority > entry.priority else { break }
            entries[index] = entries[parent]
            index = parent
        }
        entries[index] = entry
    }

    mutating func pop() -> Entry? {
        guard let last = entries.popLast() else { return nil }
        guard let top = entries.first else { return last }
        var index = 0
        while true {
            var child = index * 2 + 1
            guard child < entries.count else { break }
            if child + 1 < entries.count, entries[child + 1].priority < entries[child].priority { child += 1 }
            guard entries[child].priority < last.priority else { break }
            entries[index] = entries[child]
            index = child
        }
        entries[index] = last
        return top
    }
}
