extension ModelID {
    /// Reads `task/name/type`, as ``description`` writes it; `nil` where the
    /// text names no model.
    public init?(description: String) {
        // By bytes: to a string, a `/` before a combining mark is no `/`.
        let bytes = description.utf8
        guard let first = bytes.firstIndex(of: UInt8(ascii: "/")),
            let last = bytes.lastIndex(of: UInt8(ascii: "/")), first < last,
            let task = ModelTask(rawValue: String(description[..<first])),
            let type = ModelType(rawValue: String(description[bytes.index(after: last)...])),
            task.types.contains(type)
        else { return nil }
        self.init(task, type, name: String(Substring(bytes[bytes.index(after: first)..<last])))
    }
}
