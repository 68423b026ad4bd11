/// A piece of the text on its way to the model.
///
/// Scalars, not `Character`s: tokenizers tell apart what Swift's `String`
/// holds to be equal.
struct TextPiece: Sendable {
    var scalars: [Unicode.Scalar]
    /// How many of the leading scalars stem from the very first character of
    /// the input. `Metaspace` with `prepend_scheme: first` asks whether a
    /// piece begins the input, however it was rewritten on the way.
    var headCount: Int
    /// The most scalars that rewriting may make of this text.
    let limit: Int

    init(input: some Sequence<Unicode.Scalar>) {
        scalars = Array(input)
        headCount = min(1, scalars.count)
        // The longest decomposition in Unicode has 18 scalars.
        limit = (1 << 18) + 32 * scalars.count
    }

    private init(scalars: [Unicode.Scalar], headCount: Int, limit: Int) {
        self.scalars = scalars
        self.headCount = headCount
        self.limit = limit
    }

    var isASCII: Bool { scalars.allSatisfy(\.isASCII) }
    var beginsInput: Bool { headCount > 0 }

    subscript(range: Range<Int>) -> TextPiece {
        TextPiece(
            scalars: Array(scalars[range]),
            headCount: min(max(0, headCount - range.lowerBound), range.count),
            limit: limit)
    }

    /// Replaces each scalar by what `body` appends for it.
    mutating func replaceEach(_ body: (Unicode.Scalar, inout [Unicode.Scalar]) -> Void) {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var head = 0
        for (index, scalar) in scalars.enumerated() {
            body(scalar, &result)
            if index + 1 == headCount { head = result.count }
        }
        scalars = result
        headCount = head
    }

    /// Keeps the scalars that pass.
    mutating func keep(where passes: (Unicode.Scalar) -> Bool) {
        guard !scalars.allSatisfy(passes) else { return }
        replaceEach { if passes($0) { $1.append($0) } }
    }

    /// Puts scalars in front; nothing, if there is no text to put them in
    /// front of.
    mutating func prepend(_ prefix: [Unicode.Scalar]) {
        guard !scalars.isEmpty else { return }
        scalars.insert(contentsOf: prefix, at: 0)
        if beginsInput { headCount += prefix.count }
    }

    /// Replaces matches, which are in order and do not overlap.
    ///
    /// - Throws: ``TokenizerFault`` where the text becomes too large.
    mutating func replace(_ matches: [Range<Int>], with content: [Unicode.Scalar]) throws {
        guard !matches.isEmpty else { return }
        let removed = matches.reduce(0) { $0 + $1.count }
        let added = matches.count.multipliedReportingOverflow(by: content.count)
        guard !added.overflow, added.partialValue <= limit else { throw tooLarge }
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count - removed + added.partialValue)
        var head = 0
        var copied = 0
        for match in matches {
            result += scalars[copied..<match.lowerBound]
            if copied < min(headCount, match.lowerBound) {
                head = result.count - max(0, match.lowerBound - headCount)
            }
            result += content
            // New text counts as where the last scalar it replaces was, or
            // the one in front of it if it replaces none.
            let anchor = (match.isEmpty ? match.lowerBound : match.upperBound) - 1
            if beginsInput, anchor < headCount { head = result.count }
            copied = match.upperBound
        }
        result += scalars[copied...]
        if copied < headCount { head = result.count - (scalars.count - headCount) }
        scalars = result
        headCount = head
        try checkSize()
    }

    /// - Throws: ``TokenizerFault`` where the text has become too large.
    func checkSize() throws {
        guard scalars.count <= limit else { throw tooLarge }
    }

    private var tooLarge: TokenizerFault {
        TokenizerFault("normalizer", "makes the text more than 32 times as long")
    }

    /// The piece as UTF-8.
    var utf8: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scalars.count)
        for scalar in scalars { bytes.append(utf8Of: scalar) }
        return bytes
    }
}

/// What stands between two steps: text still to be cut, or a token already
/// found.
enum Segment {
    case text(TextPiece)
    case token(UInt32)
}

extension [UInt8] {
    /// Appends a scalar's UTF-8.
    mutating func append(utf8Of scalar: Unicode.Scalar) {
        if scalar.isASCII {
            append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
