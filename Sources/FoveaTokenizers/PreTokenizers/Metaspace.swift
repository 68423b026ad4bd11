/// SentencePiece's way of keeping spaces: each becomes a visible mark, which
/// belongs to the word behind it.
struct Metaspace: Sendable {
    /// Which pieces get a mark in front if they have none.
    enum Prepending: String, Sendable {
        case first, never, always
    }

    var replacement: Unicode.Scalar
    var prepending: Prepending
    /// Whether words are cut apart.
    var splits: Bool

    init(_ reader: ComponentReader) throws {
        replacement = try reader.scalar("replacement")
        splits = try reader.bool("split", default: true)
        let scheme = try reader.optionalString("prepend_scheme") ?? "always"
        guard let prepending = Prepending(rawValue: scheme) else {
            throw reader.fault("has the prepend_scheme \"\(scheme)\", which is not supported")
        }
        self.prepending = prepending
        // Older files say add_prefix_space, newer ones both.
        if try !reader.bool("add_prefix_space", default: true), prepending != .never {
            guard reader.optional("prepend_scheme") == nil else {
                throw reader.fault("has an add_prefix_space that contradicts its prepend_scheme")
            }
            self.prepending = .never
        }
    }

    /// Puts marks for spaces, and one in front where wanted.
    func mark(_ piece: inout TextPiece) {
        for index in piece.scalars.indices where piece.scalars[index] == " " {
            piece.scalars[index] = replacement
        }
        guard prepending == .always || prepending == .first && piece.beginsInput,
            piece.scalars.first != replacement
        else { return }
        piece.prepend([replacement])
    }
}
