/// A token that is found in the text before the model sees it.
struct AddedToken: Sendable {
    /// What it becomes; the vocabulary assigns it.
    var id: UInt32 = 0
    var content: String
    /// Found only where no word character is next to it.
    var isSingleWord: Bool
    /// Takes the white space to its left or right with it.
    var stripsLeft: Bool
    var stripsRight: Bool
    /// Found in the text as the normalizer leaves it, in its own normalised
    /// form; others are found in the text as it comes.
    var isNormalized: Bool

    init(_ reader: ComponentReader) throws {
        guard reader.value.kind == .object else { throw reader.fault("is not an object") }
        content = try reader.string("content")
        isSingleWord = try reader.bool("single_word")
        stripsLeft = try reader.bool("lstrip")
        stripsRight = try reader.bool("rstrip")
        isNormalized = try reader.bool("normalized")
        _ = try reader.bool("special")
    }
}
