extension Normalizer {
    /// Reads a normalizer; a sequence, however deep, becomes one list.
    static func load(_ reader: ComponentReader) throws -> [Normalizer] {
        let type = try reader.type()
        switch type {
        case "Sequence":
            let all = try reader.components("normalizers").flatMap(load)
            guard all.count <= 128 else { throw reader.fault("has more than 128 normalizers") }
            return all
        case "NFC", "NFD", "NFKC", "NFKD":
            return NormalizationForm(rawValue: type).map { [.form($0)] } ?? []
        case "Lowercase": return [.lowercase]
        case "StripAccents": return [.stripAccents]
        case "Nmt": return [.nmt]
        case "ByteLevel": return [.byteLevel]
        case "Strip":
            return [.strip(left: try reader.bool("strip_left"), right: try reader.bool("strip_right"))]
        case "Prepend": return [.prepend(Array(try reader.string("prepend").unicodeScalars))]
        case "Replace":
            let content = Array(try reader.string("content").unicodeScalars)
            return [.replace(try TextPattern(reader, "pattern"), content)]
        case "Precompiled":
            return [.precompiled(try Charsmap(base64: reader.string("precompiled_charsmap"), reader))]
        case "BertNormalizer":
            return [
                .bert(
                    BertNormalizer(
                        cleansText: try reader.bool("clean_text"),
                        spacesChinese: try reader.bool("handle_chinese_chars"),
                        stripsAccents: reader.optional("strip_accents")?.bool,
                        lowercases: try reader.bool("lowercase")))
            ]
        default: throw reader.unknownType(type)
        }
    }
}
