/// Which part of a file is fetched next, given what is there and on its way. Pure.
package struct DownloadPlan: Sendable, Hashable {
    /// What one request asks for.
    package enum Piece: Sendable, Hashable {
        /// All of the file, by a request that names no range.
        case whole
        /// A part; where it reaches the end of the file, that is not named.
        case part(Range<Int>)

        /// The offset of its first byte.
        package var start: Int {
            switch self {
            case .whole: 0
            case .part(let range): range.lowerBound
            }
        }

        /// What of it lies before the end of a file of so many bytes.
        package func clipped(to total: Int) -> Piece {
            switch self {
            case .whole: .whole
            case .part(let range): .part(range.clamped(to: 0..<total))
            }
        }
    }

    /// The least that is worth a request of its own, in bytes.
    package static let leastPieceBytes = 8 << 20
    /// The most pieces that a file is cut into, so that a large one does not
    /// take thousands of requests, which servers count.
    private static let mostPieces = 64

    /// The file's size, once it is known.
    package private(set) var total: Int?
    package private(set) var present: ByteRanges
    /// Whether the server may be asked for parts.
    package private(set) var takesParts = true
    private var underWay: [Piece] = []
    private let leastBytes: Int

    /// - Parameters:
    ///   - leastBytes: the least that is worth a request of its own.
    package init(total: Int?, present: ByteRanges, leastBytes: Int = leastPieceBytes) {
        self.total = total
        self.present = present
        self.leastBytes = leastBytes
    }

    package var isComplete: Bool { total.map { present.gaps(of: $0).isEmpty } ?? false }

    /// What to ask for next, which is taken to be under way from then on;
    /// `nil` if that is all, or has to wait for what is.
    package mutating func next() -> Piece? {
        let piece = takesParts ? nextPart() : (underWay.isEmpty && !isComplete ? .whole : nil)
        if let piece { underWay.append(piece) }
        return piece
    }

    private func nextPart() -> Piece? {
        guard let total else {
            // The answer to the first part tells how many there are.
            return underWay.isEmpty ? .part(present.end..<present.end + leastBytes) : nil
        }
        guard let gap = free(of: total).first else { return nil }
        if gap == 0..<total, total < 2 * leastBytes { return .whole }
        let most = max(leastBytes, total / Self.mostPieces)
        // A remainder that is too small for a request goes with the last piece.
        let count = total < 2 * leastBytes || gap.count < most + leastBytes ? gap.count : most
        return .part(gap.lowerBound..<gap.lowerBound + count)
    }

    /// What is neither there nor on its way.
    private func free(of total: Int) -> [Range<Int>] {
        var taken = present
        for piece in underWay {
            switch piece {
            case .whole: return []
            case .part(let range): taken.insert(range)
            }
        }
        return taken.gaps(of: total)
    }

    /// These bytes have been written.
    package mutating func wrote(_ range: Range<Int>) { present.insert(range) }

    /// A request has ended, whether or not all of it came.
    package mutating func ended(_ piece: Piece) {
        if let index = underWay.firstIndex(of: piece) { underWay.remove(at: index) }
    }

    /// The server has told the file's size.
    package mutating func learned(total: Int) {
        self.total = total
        present = present.clipped(to: total)
        underWay = underWay.map { $0.clipped(to: total) }
    }

    /// The server sends all of the file: nothing of what was there counts.
    ///
    /// - Parameters:
    ///   - piece: what it was asked for. Where that was a part, it is asked for
    ///     none any more.
    ///   - total: the file's size, where it tells.
    package mutating func becameWhole(_ piece: Piece, total: Int?) {
        if piece != .whole { takesParts = false }
        self.total = total
        present = ByteRanges()
        underWay = [.whole]
    }

    /// Nothing of what was there counts.
    ///
    /// - Parameters:
    ///   - total: the file's size, where that is known beforehand.
    ///   - withParts: whether the server may still be asked for parts.
    package mutating func startOver(total: Int?, withParts: Bool) {
        self.total = total
        takesParts = takesParts && withParts
        present = ByteRanges()
        underWay = []
    }
}

extension ByteRanges {
    /// The offset behind the last of them.
    fileprivate var end: Int { ranges.last?.upperBound ?? 0 }
}
