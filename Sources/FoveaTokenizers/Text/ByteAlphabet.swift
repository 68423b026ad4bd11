/// GPT-2's spelling of bytes as visible characters, so that a vocabulary of
/// byte strings can be written as text.
///
/// Printable bytes stand for themselves, the others for U+0100 onwards
/// (`bytes_to_unicode` in OpenAI's GPT-2 encoder).
enum ByteAlphabet {
    private static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt32(0)...255).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(UInt8(byte))
            default:
                defer { next += 1 }
                return Unicode.Scalar(next) ?? " "
            }
        }
    }()

    /// Spells a text's UTF-8.
    static func encode(_ piece: inout TextPiece) {
        let scalars = scalars
        piece.replaceEach { scalar, result in
            if scalar.isASCII {
                result.append(scalars[Int(scalar.value)])
            } else {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    result.append(scalars[Int(byte)])
                }
            }
        }
    }
}
