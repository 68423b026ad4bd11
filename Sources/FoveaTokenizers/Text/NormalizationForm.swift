/// Unicode's normalisation forms, as of Unicode 9.
enum NormalizationForm: String {
    case nfc = "NFC"
    case nfd = "NFD"
    case nfkc = "NFKC"
    case nfkd = "NFKD"

    private var isCompatible: Bool { self == .nfkc || self == .nfkd }
    private var composes: Bool { self == .nfc || self == .nfkc }

    /// Below this, every scalar is its own normal form, and starts anew.
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

    /// UAX 15: decompose, put marks in order, compose.
    private func normalized(_ scalars: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        var tables = NormalizationTables(isCompatible: isCompatible)
        var text: [OrderedScalar] = []
        text.reserveCapacity(scalars.count)
        // Nothing below this decomposes in any form.
        for scalar in scalars {
            if scalar.value < 0xA0 {
                text.append(OrderedScalar(scalar: scalar, combiningClass: 0))
            } else {
                text += tables.decomposition(of: scalar)
            }
        }
        Self.order(&text)
        return composes ? Self.composed(text) : text.map(\.scalar)
    }

    /// Sorts each run of marks by combining class; equal ones stay in order.
    private static func order(_ text: inout [OrderedScalar]) {
        var position = 0
        while let start = text[position...].firstIndex(where: { $0.combiningClass != 0 }) {
            let end = text[start...].firstIndex { $0.combiningClass == 0 } ?? text.count
            if end - start > 1 {
                let run = text[start..<end].enumerated().sorted {
                    ($0.element.combiningClass, $0.offset) < ($1.element.combiningClass, $1.offset)
                }
                text.replaceSubrange(start..<end, with: run.map(\.element))
            }
            position = end
        }
    }

    private static func composed(_ text: [OrderedScalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(text.count)
        var starter: Int?
        // The class of the mark before, 0 where there is none behind the starter.
        var lastClass: UInt8 = 0
        for next in text {
            let isBlocked = lastClass != 0 && lastClass >= next.combiningClass
            if let starter, !isBlocked, let whole = NormalizationTables.composition(of: result[starter], next)
            {
                result[starter] = whole
                continue
            }
            if next.combiningClass == 0 { starter = result.count }
            lastClass = next.combiningClass
            result.append(next.scalar)
        }
        return result
    }
}
