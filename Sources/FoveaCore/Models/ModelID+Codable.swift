/// Coded as the text of ``ModelID/description``.
extension ModelID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = ModelID(description: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' names no model")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
