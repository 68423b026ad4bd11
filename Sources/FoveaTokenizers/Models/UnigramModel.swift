/// SentencePiece's unigram language model: of all ways to cut a word into
/// known pieces, the one with the highest sum of scores.
struct UnigramModel: TokenModel {
    let vocabularySize: Int
    private let trie: PrefixTrie
    private let scores: [Double]
    private let unknown: UInt32?
    /// What a character costs that no piece covers.
    private let unknownScore: Double
    /// The ids of `<0x00>` to `<0xFF>`, where bytes stand for unknown text.
    private let byteIDs: [UInt32?]?

    init(_ reader: ComponentReader) throws {
        let vocab = try reader.required("vocab")
        guard vocab.kind == .array else { throw reader.fault("has a vocab that is not an array") }
        let document = vocab.document
        let end = document.next(after: vocab.index)
        var pieces = ByteStrings()
        var scores: [Double] = []
        scores.reserveCapacity((end - vocab.index) / 3)
        var index = vocab.index + 1
        while index < end {
            let next = document.next(after: index)
            let piece = JSONValue(document: document, index: index + 1)
            guard document.nodes[index].kind == .array, next == index + 3, piece.isString,
                let score = JSONValue(document: document, index: index + 2).double
            else { throw reader.fault("has a vocab entry \(scores.count) that is no [piece, score]") }
            pieces.append { document.appendString(at: piece.index, to: &$0) }
            scores.append(score)
            index = next
        }
        let trie = PrefixTrie(pieces, values: scores.indices.map(UInt32.init))
        vocabularySize = scores.count
        unknownScore = (scores.min() ?? .infinity) - 10
        if reader.optional("unk_id") == nil {
            unknown = nil
        } else {
            unknown = try reader.tokenID(try reader.required("unk_id"))
            guard Int(try reader.unsigned("unk_id")) < scores.count else {
                throw reader.fault("has an unk_id that is not in its vocab")
            }
        }
        byteIDs =
            try reader.bool("byte_fallback", default: false)
            ? (UInt8.min ... .max).map { trie.value(of: ByteTokens.name(of: $0)) } : nil
        self.trie = trie
        self.scores = scores
    }

    func id(of token: [UInt8]) -> UInt32? { trie.value(of: token) }

    /// The best way to cut a text that ends at some place.
    private struct Best {
        var score = 0.0
        /// Where the last piece starts; -1 where there is no way.
        var start: Int32 = -1
        var id: UInt32 = 0
    }

    func tokenize(_ word: TextPiece, into ids: inout [UInt32]) throws {
        let bytes = word.utf8
        let best = try viterbi(bytes, word)
        let mark = ids.count
        var end = bytes.count
        // Pieces come last first, and so do the bytes of unknown ones.
        while end > 0 {
            var start = Int(best[end].start)
            if best[end].id == unknown {
                while start > 0, best[start].id == unknown { start = Int(best[start].start) }
                appendUnknown(bytes[start..<end], to: &ids)
            } else {
                ids.append(best[end].id)
            }
            end = start
        }
        ids[mark...].reverse()
    }

    private func viterbi(_ bytes: [UInt8], _ word: TextPiece) throws -> [Best] {
        guard bytes.count < Int32.max else { throw TokenizerFault("model", "meets a word that is too long") }
        var best = Array(repeating: Best(), count: bytes.count + 1)
        var start = 0
        for scalar in word.scalars {
            let scoreHere = best[start].score
            let width = UTF8.width(scalar)
            func offer(_ score: Double, _ id: UInt32, endingAt end: Int) {
                if best[end].start < 0 || score + scoreHere > best[end].score {
                    best[end] = Best(score: score + scoreHere, start: Int32(start), id: id)
                }
            }
            var hasSingle = false
            var node = PrefixTrie.root
            for end in start..<bytes.count {
                guard let next = trie.child(of: node, bytes[end]) else { break }
                node = next
                if let id = trie.value(at: node) {
                    offer(scores[Int(id)], id, endingAt: end + 1)
                    hasSingle = hasSingle || end + 1 - start == width
                }
            }
            if !hasSingle {
                guard let unknown else {
                    throw TokenizerFault("model", "meets an unknown character, and has no unk_id")
                }
                offer(unknownScore, unknown, endingAt: start + width)
            }
            start += width
        }
        return best
    }

    /// Appends what stands for a run of unknown characters, last id first.
    private func appendUnknown(_ run: ArraySlice<UInt8>, to ids: inout [UInt32]) {
        if let known = trie.value(of: run) {
            ids.append(known)
        } else if let byteIDs, run.allSatisfy({ byteIDs[Int($0)] != nil }) {
            ids += run.reversed().compactMap { byteIDs[Int($0)] }
        } else if let unknown {
            ids.append(unknown)
        }
    }
}
