/// Finds added tokens in a text: the leftmost, of several the longest.
struct AddedTokenMatcher: Sendable {
    private let trie: PrefixTrie
    private let tokens: [AddedToken]
    private let firstScalars: Set<Unicode.Scalar>

    /// Makes a matcher of tokens and of how they look in the text.
    ///
    /// - Throws: ``TokenizerFault`` where two tokens look alike, or one is
    ///   invisible.
    init(_ tokens: [(token: AddedToken, form: [Unicode.Scalar])]) throws {
        var forms = ByteStrings()
        for (token, form) in tokens {
            if form.isEmpty {
                throw TokenizerFault(
                    "added_tokens", "have \"\(token.content)\", of which the normalizer leaves nothing")
            }
            forms.append { bytes in for scalar in form { bytes.append(utf8Of: scalar) } }
        }
        self.tokens = tokens.map(\.token)
        firstScalars = Set(tokens.compactMap(\.form.first))
        trie = PrefixTrie(forms, values: tokens.indices.map(UInt32.init))
        guard trie.count == tokens.count else {
            throw TokenizerFault("added_tokens", "have two that look alike when normalised")
        }
    }

    /// Cuts a text into added tokens and what is between them, none of it
    /// empty.
    func cut(_ text: TextPiece) -> [Segment] {
        guard !text.scalars.isEmpty else { return [] }
        guard !tokens.isEmpty else { return [.text(text)] }
        let scalars = text.scalars
        var segments: [Segment] = []
        // How far the text has been dealt with.
        var done = 0
        var position = 0
        while position < scalars.count {
            guard let (index, end) = longest(in: scalars, at: position) else {
                position += 1
                continue
            }
            let token = tokens[index]
            var start = position
            position = end
            if token.isSingleWord, touchesWord(scalars, start, end) { continue }
            var stop = end
            if token.stripsLeft {
                while start > 0, scalars[start - 1].isWhitespace { start -= 1 }
                start = max(start, done)
            }
            if token.stripsRight {
                while stop < scalars.count, scalars[stop].isWhitespace { stop += 1 }
            }
            if done < start { segments.append(.text(text[done..<start])) }
            // A token before it may have taken all of its white space.
            if start < stop { segments.append(.token(token.id)) }
            done = max(start, stop)
        }
        if done < scalars.count { segments.append(.text(text[done..<scalars.count])) }
        return segments
    }

    /// Index and end of the longest token that starts at a place.
    private func longest(in scalars: [Unicode.Scalar], at start: Int) -> (index: Int, end: Int)? {
        guard firstScalars.contains(scalars[start]) else { return nil }
        var node = PrefixTrie.root
        var best: (Int, Int)?
        for position in start..<scalars.count {
            let bytes = UTF8.encode(scalars[position]) ?? UTF8.encodedReplacementCharacter
            guard let next = trie.descendant(of: node, bytes) else { break }
            node = next
            if let index = trie.value(at: node) { best = (Int(index), position + 1) }
        }
        return best
    }

    private func touchesWord(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        start > 0 && scalars[start - 1].isWord || end < scalars.count && scalars[end].isWord
    }
}
