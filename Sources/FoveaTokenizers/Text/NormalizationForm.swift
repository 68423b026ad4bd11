import Foundation

/// Unicode's normalisation forms, as of Unicode 9.
enum NormalizationForm: String {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"

    /// Below this, a scalar is its own normal form, and starts a new run that
    /// does not depend on what is before it.
    private var firstUnstable: UInt32 {
        switch self {
        case .nfc: 0x300
        case .nfd: 0xC0
        case .nfkc, .nfkd: 0xA0
        }
    }

    func apply(to piece: inout TextPiece) {
        let first = firstUnstable
        guard piece.scalars.contains(where: { $0.value >= first }) else { return }
        let head = piece.beginsInput ? normalized(piece.scalars[..<piece.headCount]).count : 0
        piece.scalars = normalized(piece.scalars[...])
        piece.headCount = min(head, piece.scalars.count)
    }

    /// Normalises run by run. A character that Unicode 9 does not know stands
    /// for itself: it neither decomposes, nor composes, nor moves.
    private func normalized(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        let first = firstUnstable
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var run = scalars.startIndex
        for index in scalars.indices {
            let scalar = scalars[index]
            if scalar.value < first {
                append(scalars[run..<index], to: &result)
                run = index
            } else if !UnicodeEdition.v9.contains(scalar) {
                append(scalars[run..<index], to: &result)
                result.append(scalar)
                run = index + 1
            }
        }
        append(scalars[run...], to: &result)
        return result
    }

    private func append(_ run: ArraySlice<Unicode.Scalar>, to result: inout [Unicode.Scalar]) {
        guard run.count > 1 || run.contains(where: { $0.value >= firstUnstable }) else {
            result += run
            return
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: run)
        let string = String(text)
        let normal =
            switch self {
            case .nfc: string.precomposedStringWithCanonicalMapping
            case .nfd: string.decomposedStringWithCanonicalMapping
            case .nfkc: string.precomposedStringWithCompatibilityMapping
            case .nfkd: string.decomposedStringWithCompatibilityMapping
            }
        result += normal.unicodeScalars
    }
}
