extension PostProcessor {
    /// Reads a post-processor; a sequence, however deep, becomes one list.
    static func load(_ reader: ComponentReader) throws -> [PostProcessor] {
        let type = try reader.type()
        switch type {
        case "Sequence":
            let all = try reader.components("processors").flatMap(load)
            guard all.count <= 128 else { throw reader.fault("has more than 128 processors") }
            return all
        case "ByteLevel": return []
        case "BertProcessing", "RobertaProcessing":
            return [
                .surround(
                    start: try special("cls", reader), end: try special("sep", reader),
                    isRoberta: type == "RobertaProcessing")
            ]
        case "TemplateProcessing":
            let single = try template("single", reader)
            guard single.count(where: \.isText) <= 1 else {
                throw reader.fault("has a single that repeats the text")
            }
            return [.template(single: single, pair: try template("pair", reader))]
        default: throw reader.unknownType(type)
        }
    }

    /// The id in a `["token", id]`.
    private static func special(_ key: String, _ reader: ComponentReader) throws -> UInt32 {
        guard let pair = try reader.required(key).elements, pair.count == 2, pair[0].isString else {
            throw reader.fault("has a \(key) that is no [token, id]")
        }
        return try reader.tokenID(pair[1])
    }

    private static func template(_ key: String, _ reader: ComponentReader) throws -> [Piece] {
        try reader.components(key).map { piece in
            if let part = piece.optional("Sequence") {
                switch part["id"]?.string {
                case "A": return .part(0)
                case "B": return .part(1)
                default: throw piece.fault("is a Sequence that is neither A nor B")
                }
            }
            guard let name = piece.optional("SpecialToken")?["id"]?.string else {
                throw piece.fault("is neither a Sequence nor a SpecialToken")
            }
            guard let ids = try reader.required("special_tokens")[name]?["ids"]?.elements else {
                throw piece.fault("is \"\(name)\", which is not in special_tokens")
            }
            return .special(try ids.map(reader.tokenID))
        }
    }
}
