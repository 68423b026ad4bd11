/// What is wrong with a `fovea-model.json`, in words that go after its name.
struct DescriptionRefusal: Error {
    var reason: String
}

/// The keys of one object in a `fovea-model.json`: each is taken once, and what
/// nobody took is a mistake.
struct DescriptionFields {
    private let container: KeyedDecodingContainer<Key>
    /// The keys that lead here.
    private let path: [String]
    private var known: [String] = []

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    init(_ decoder: any Decoder) throws {
        container = try decoder.container(keyedBy: Key.self)
        path = decoder.codingPath.map(\.stringValue)
    }

    /// A value that may be left out.
    ///
    /// - Parameter expected: for people: what it has to be.
    /// - Throws: ``DescriptionRefusal`` where it is something else.
    mutating func take<Value: Decodable>(
        _ name: String, _ expected: String, _ type: Value.Type = Value.self,
        where isUsable: (Value) -> Bool = { _ in true }
    ) throws -> Value? {
        known.append(name)
        let key = Key(stringValue: name)
        guard container.contains(key) else { return nil }
        guard let value = try decode(type, key), isUsable(value) else {
            throw DescriptionRefusal(reason: "cannot be used: '\(full(name))' has to be \(expected)")
        }
        return value
    }

    /// A value that may not be left out.
    mutating func need<Value: Decodable>(
        _ name: String, _ expected: String, where isUsable: (Value) -> Bool = { _ in true }
    ) throws -> Value {
        guard let value = try take(name, expected, Value.self, where: isUsable) else {
            throw DescriptionRefusal(reason: "cannot be used: '\(full(name))' is missing, \(expected)")
        }
        return value
    }

    /// - Returns: `nil` for a value of another kind.
    /// - Throws: what is wrong further down.
    private func decode<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        do {
            return try container.decode(type, forKey: key)
        } catch let refusal as DescriptionRefusal {
            throw refusal
        } catch {
            // Not always a DecodingError: 1.5 for a whole number is another.
            return nil
        }
    }

    /// - Throws: ``DescriptionRefusal`` where there is a key that was not asked for.
    func finish() throws {
        let strangers = container.allKeys.map(\.stringValue).filter { !known.contains($0) }.sorted()
        guard let stranger = strangers.first else { return }
        let near = known.compactMap { name in
            EditDistance.between(stranger.lowercased(), name.lowercased(), limit: 2).map { ($0, name) }
        }.min { $0 < $1 }
        let hint = near.map { "did you mean '\($0.1)'?" } ?? "known are \(known.joined(separator: ", "))"
        throw DescriptionRefusal(reason: "has the unknown key '\(full(stranger))' (\(hint))")
    }

    private func full(_ name: String) -> String { (path + [name]).joined(separator: ".") }
}
