/// The clean-up of BERT's original tokenizer.
struct BertNormalizer: Sendable {
    var cleansText: Bool
    var spacesChinese: Bool
    /// `nil`: as `lowercases`.
    var stripsAccents: Bool?
    var lowercases: Bool

    func apply(to piece: inout TextPiece) {
        if cleansText { clean(&piece) }
        if spacesChinese, !piece.isASCII { surroundIdeographs(&piece) }
        if stripsAccents ?? lowercases, !piece.isASCII {
            NormalizationForm.nfd.apply(to: &piece)
            piece.keep { !UnicodeEdition.v8.has($0, in: .nonspacingMark) }
        }
        if lowercases { piece.lowercase() }
    }

    /// Drops control characters and makes every white space a space.
    private func clean(_ piece: inout TextPiece) {
        piece.replaceEach { scalar, result in
            switch scalar.value {
            case 0x20...0x7E: result.append(scalar)
            case 0x9, 0xA, 0xD: result.append(" ")
            case 0, 0xFFFD: break
            default:
                if scalar.isASCII || UnicodeEdition.v8.has(scalar, in: Self.dropped) { break }
                result.append(scalar.isWhitespace ? " " : scalar)
            }
        }
    }

    private static let dropped: CategorySet = [
        .control, CategorySet(.format), CategorySet(.privateUse), CategorySet(.surrogate),
    ]

    private func surroundIdeographs(_ piece: inout TextPiece) {
        piece.replaceEach { scalar, result in
            switch scalar.value {
            // Blocks as BERT lists them; one of the bounds is a slip that
            // vocabularies were trained with.
            case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
                0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
                result += [" ", scalar, " "]
            default: result.append(scalar)
            }
        }
    }
}
