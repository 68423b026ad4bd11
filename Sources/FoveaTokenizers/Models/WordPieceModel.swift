/// BERT's WordPiece: the longest known prefix, then the longest known
/// continuation, and so on; the unknown token where one is missing.
struct WordPieceModel: TokenModel {
    private let trie: PrefixTrie
    private let unknown: UInt32?
    /// The node behind the prefix of continuations (`##`), if anything is there.
    private let continuation: PrefixTrie.Node?
    private let longestWord: Int

    init(_ reader: ComponentReader) throws {
        let (tokens, ids) = try reader.vocabulary()
        let trie = PrefixTrie(tokens, values: ids)
        self.trie = trie
        unknown = trie.value(of: try reader.string("unk_token").utf8)
        continuation = trie.descendant(try reader.string("continuing_subword_prefix").utf8)
        longestWord = Int(clamping: try reader.unsigned("max_input_chars_per_word"))
    }

    var vocabularySize: Int { trie.count }

    func id(of token: [UInt8]) -> UInt32? { trie.value(of: token) }

    func tokenize(_ word: TextPiece, into ids: inout [UInt32]) throws {
        let mark = ids.count
        let bytes = word.utf8
        var start = 0
        while word.scalars.count <= longestWord, start < bytes.count {
            guard let (id, end) = longest(in: bytes, from: start) else { break }
            ids.append(id)
            start = end
        }
        if start == bytes.count { return }
        ids.removeLast(ids.count - mark)
        guard let unknown else {
            throw TokenizerFault("model", "meets an unknown word, and its unk_token is not in its vocabulary")
        }
        ids.append(unknown)
    }

    private func longest(in word: [UInt8], from start: Int) -> (id: UInt32, end: Int)? {
        guard var node = start == 0 ? PrefixTrie.root : continuation else { return nil }
        var best: (UInt32, Int)?
        for end in start..<word.count {
            guard let next = trie.child(of: node, word[end]) else { break }
            node = next
            if let id = trie.value(at: node) { best = (id, end + 1) }
        }
        return best
    }
}
