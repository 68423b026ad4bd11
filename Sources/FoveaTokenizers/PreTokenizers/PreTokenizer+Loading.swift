extension PreTokenizer {
    /// Reads a pre-tokenizer; a sequence, however deep, becomes one list.
    static func load(_ reader: ComponentReader) throws -> [PreTokenizer] {
        let type = try reader.type()
        switch type {
        case "Sequence":
            let all = try reader.components("pretokenizers").flatMap(load)
            guard all.count <= 128 else { throw reader.fault("has more than 128 pretokenizers") }
            return all
        case "ByteLevel":
            return [
                .byteLevel(
                    addsPrefixSpace: try reader.bool("add_prefix_space"),
                    usesRegex: try reader.bool("use_regex", default: true))
            ]
        case "Split":
            return [
                .split(
                    try TextPattern(reader, "pattern"), try SplitBehavior(reader),
                    inverted: try reader.bool("invert"))
            ]
        case "Metaspace": return [.metaspace(try Metaspace(reader))]
        case "Whitespace": return [.whitespace]
        case "WhitespaceSplit": return [.whitespaceSplit]
        case "BertPreTokenizer": return [.bert]
        case "Digits": return [.digits(individual: try reader.bool("individual_digits"))]
        case "Punctuation":
            return [.punctuation(reader.optional("behavior") == nil ? .isolated : try SplitBehavior(reader))]
        case "CharDelimiterSplit": return [.delimiter(try reader.scalar("delimiter"))]
        case "FixedLength":
            let length = reader.optional("length") == nil ? 5 : try reader.unsigned("length")
            guard length > 0 else { throw reader.fault("has the length 0") }
            return [.fixedLength(Int(clamping: length))]
        default: throw reader.unknownType(type)
        }
    }
}
