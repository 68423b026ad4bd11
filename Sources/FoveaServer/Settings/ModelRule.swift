public import FoveaCore
import Foundation
import Yams

/// What the configuration file says about some models.
public struct ModelRule: Sendable, Equatable {
    /// A pattern for `task/name/type`: `*` stands for any text, `?` for any
    /// character. One without a type or without a name means all of them.
    public var pattern: String
    /// Whether such models stay in memory once they are loaded.
    public var keepsAlways = false
    /// Where they run: the first of these that can. Empty where nothing is said.
    public var places: [SlotPlace] = []
    /// Places that share their work. Empty where nothing is said.
    public var replicas: [SlotPlace] = []
    /// What numbers they are computed in, as far as that passes the comparison
    /// with the processor. `nil` where nothing is said.
    public var precision: Precision?
    /// Whether they run on the processor where no device of theirs can.
    public var fallsBack = true
    /// Whether they may run where they are known to do harm.
    public var allowsKnownBad = false

    package init(pattern: String, keepsAlways: Bool = false) {
        self.pattern = pattern
        self.keepsAlways = keepsAlways
    }

    /// Whether it says where models run.
    public var saysWhere: Bool { !(places.isEmpty && replicas.isEmpty) }

    public func matches(_ model: ModelID) -> Bool {
        let text = model.description
        return fnmatch(pattern, text, 0) == 0 || fnmatch(pattern + "/*", text, 0) == 0
    }
}

extension ModelRule {
    private static let keys = [
        "match", "device", "replicas", "precision", "fallback", "keep", "known-bad",
    ]

    init(_ node: Node) throws {
        self.init(pattern: "")
        for (key, value) in try ConfigurationFile.members(of: node, what: "an entry of models") {
            switch key {
            case "match":
                guard let text = value.string, !text.isEmpty else {
                    throw ConfigurationFile.invalid("'match' is not a text", at: value)
                }
                pattern = text
            case "device": places = try Self.places(value, key)
            case "replicas": replicas = try Self.places(value, key)
            case "precision": precision = try Self.precision(value)
            case "fallback": fallsBack = try Self.choice(value, key, ["next": true, "fail": false])
            case "keep": keepsAlways = try Self.choice(value, key, ["always": true])
            case "known-bad": allowsKnownBad = try Self.choice(value, key, ["allow": true, "avoid": false])
            default: throw ConfigurationFile.unknown(key, among: Self.keys, at: value)
            }
        }
        guard !pattern.isEmpty else {
            throw ConfigurationFile.invalid("an entry of models has no 'match'", at: node)
        }
        guard places.isEmpty || replicas.isEmpty else {
            throw ConfigurationFile.invalid(
                "an entry of models has 'device', whose first runs it, or 'replicas', which share it: not both",
                at: node)
        }
    }

    private static func places(_ node: Node, _ key: String) throws -> [SlotPlace] {
        guard node.sequence != nil else { return [try ConfigurationFile.place(node)] }
        let places = try ConfigurationFile.list(node, what: key).map(ConfigurationFile.place)
        guard !places.isEmpty else { throw ConfigurationFile.invalid("'\(key)' names no device", at: node) }
        return places
    }

    private static func precision(_ node: Node) throws -> Precision {
        guard let precision = node.string.flatMap({ Precision(rawValue: $0.lowercased()) }) else {
            let all = Precision.allCases.map(\.rawValue).joined(separator: ", ")
            throw ConfigurationFile.invalid("'precision' can only be \(all)", at: node)
        }
        return precision
    }

    private static func choice(_ node: Node, _ key: String, _ choices: [String: Bool]) throws -> Bool {
        guard let choice = node.string.flatMap({ choices[$0] }) else {
            let all = choices.keys.sorted().map { "'\($0)'" }.joined(separator: " or ")
            throw ConfigurationFile.invalid("'\(key)' can only be \(all)", at: node)
        }
        return choice
    }
}
