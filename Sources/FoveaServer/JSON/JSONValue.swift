/// A parsed JSON document whose objects keep the order of their members.
package enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The literal as it was written: what it can stand for is decided by
    /// whoever knows which type is wanted.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// Members in order of first appearance, each name once.
    case object([Member])

    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: JSONValue
    }
}

extension JSONValue {
    /// What kind of value this is, for messages.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
