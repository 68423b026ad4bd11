/// One step that rewrites the text before it is cut.
enum Normalizer: Sendable {
    case form(NormalizationForm)
    case lowercase
    case replace(TextPattern, [Unicode.Scalar])
    case strip(left: Bool, right: Bool)
    case stripAccents
    case prepend([Unicode.Scalar])
    case nmt
    case bert(BertNormalizer)
    case precompiled(Charsmap)
    case byteLevel

    /// - Throws: ``TokenizerFault`` where the text grows beyond all reason.
    func apply(to piece: inout TextPiece) throws {
        switch self {
        case .form(let form): form.apply(to: &piece)
        case .lowercase: piece.lowercase()
        case .replace(let pattern, let content):
            try piece.replace(try pattern.matches(in: piece.scalars), with: content)
        case .strip(let left, let right): piece.strip(left: left, right: right)
        case .stripAccents: piece.keep { $0.isASCII || !UnicodeEdition.v9.has($0, in: .mark) }
        case .prepend(let prefix): piece.prepend(prefix)
        case .nmt: piece.applyNmt()
        case .bert(let bert): bert.apply(to: &piece)
        case .precompiled(let charsmap): try charsmap.apply(to: &piece)
        case .byteLevel: ByteAlphabet.encode(&piece)
        }
        try piece.checkSize()
    }
}

extension TextPiece {
    /// Lower-cases each scalar on its own: no final sigma, no locale.
    mutating func lowercase() {
        replaceEach { scalar, result in
            if scalar.isASCII {
                let isUpper = 0x41...0x5A ~= scalar.value
                result.append(isUpper ? Unicode.Scalar(UInt8(scalar.value + 0x20)) : scalar)
            } else {
                result += scalar.properties.lowercaseMapping.unicodeScalars
            }
        }
    }

    fileprivate mutating func strip(left: Bool, right: Bool) {
        var range = scalars.indices
        if left { while let first = range.first, scalars[first].isWhitespace { range.removeFirst() } }
        if right { while let last = range.last, scalars[last].isWhitespace { range.removeLast() } }
        if range.count < scalars.count { self = self[range] }
    }

    /// SentencePiece's `nmt` rules: control characters go, and what is white
    /// space to it becomes a space.
    fileprivate mutating func applyNmt() {
        replaceEach { scalar, result in
            switch scalar.value {
            case 0x1...0x8, 0xB, 0xE...0x1F, 0x7F, 0x8F, 0x9F: break
            case 0x9, 0xA, 0xC, 0xD, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD:
                result.append(" ")
            default: result.append(scalar)
            }
        }
    }
}
