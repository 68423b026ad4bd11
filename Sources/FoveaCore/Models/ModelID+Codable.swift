extension ModelID: Codable {
    /// Reads `task/name/type`, as ``description`` writes it.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = ModelID(description: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' names no model"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Takes `task/name/type` apart; `nil` where a part is missing or unknown.
    public init?(description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let task = ModelTask(rawValue: String(parts[0])),
            let type = ModelType(rawValue: String(parts[2])), !parts[1].isEmpty
        else { return nil }
        self.init(task, type, name: String(parts[1]))
    }
}
