public import FoveaCore
import Foundation
import Yams

/// What `fovea.yaml` says, which environment variables have no words for.
///
/// ```yaml
/// devices: [cpu, cpu]          # one worker each
/// models:
///   - match: clip/*/textual    # task/name/type; * stands for anything
///     keep: always             # stays in memory once it is loaded
/// ```
public struct ConfigurationFile: Sendable, Equatable {
    /// One worker each, in this order. Empty for the default.
    public var devices: [String] = []
    public var models: [ModelRule] = []

    public init() {}

    /// - Throws: ``FoveaError/Code/invalidSetting`` naming the file and what
    ///   is wrong with it.
    init(contentsOf path: String) throws {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw FoveaError(
                .invalidSetting,
                "The configuration file \(path) cannot be read: check its path and permissions.",
                cause: error)
        }
        do {
            self = try Self.parse(text)
        } catch let error as FoveaError {
            throw FoveaError(.invalidSetting, "\(path): \(error.message)")
        } catch {
            throw FoveaError(.invalidSetting, "\(path) is not YAML: \(error)")
        }
    }

    /// - Parameter text: YAML; may be empty.
    package static func parse(_ text: String) throws -> ConfigurationFile {
        var file = ConfigurationFile()
        guard let root = try Yams.compose(yaml: text), root != Node("", Tag(.null)) else { return file }
        for (key, value) in try members(of: root, what: "the file") {
            switch key {
            case "devices": file.devices = try list(value, what: key).map(device)
            case "models": file.models = try list(value, what: key).map(ModelRule.init)
            default: throw unknown(key, among: ["devices", "models"], at: value)
            }
        }
        return file
    }

    private static func device(_ node: Node) throws -> String {
        guard node.string == "cpu" else {
            throw invalid("'\(node.string ?? "?")' is no device that this version has, only 'cpu'", at: node)
        }
        return "cpu"
    }

    static func members(of node: Node, what: String) throws -> [(String, Node)] {
        guard let mapping = node.mapping else {
            throw invalid("\(what) is not a mapping of keys to values", at: node)
        }
        return try mapping.map { key, value in
            guard let name = key.string else { throw invalid("a key is not a text", at: key) }
            return (name, value)
        }
    }

    private static func list(_ node: Node, what: String) throws -> [Node] {
        guard let sequence = node.sequence else { throw invalid("\(what) is not a list", at: node) }
        return Array(sequence)
    }

    static func unknown(_ key: String, among known: [String], at node: Node) -> FoveaError {
        invalid("there is no '\(key.excerpt)' here, only \(known.joined(separator: ", "))", at: node)
    }

    static func invalid(_ what: String, at node: Node) -> FoveaError {
        let line = node.mark.map { "line \($0.line): " } ?? ""
        return FoveaError(.invalidSetting, "\(line)\(what).")
    }
}

/// What the configuration file says about some models.
public struct ModelRule: Sendable, Equatable {
    /// A pattern for `task/name/type`: `*` stands for any text, `?` for any
    /// character. One without a type or without a name means all of them.
    public var pattern: String
    /// Whether such models stay in memory once they are loaded.
    public var keepsAlways = false

    init(_ node: Node) throws {
        pattern = ""
        for (key, value) in try ConfigurationFile.members(of: node, what: "an entry of models") {
            switch key {
            case "match":
                guard let text = value.string, !text.isEmpty else {
                    throw ConfigurationFile.invalid("'match' is not a text", at: value)
                }
                pattern = text
            case "keep":
                guard value.string == "always" else {
                    throw ConfigurationFile.invalid("'keep' can only be 'always'", at: value)
                }
                keepsAlways = true
            default: throw ConfigurationFile.unknown(key, among: ["match", "keep"], at: value)
            }
        }
        guard !pattern.isEmpty else {
            throw ConfigurationFile.invalid("an entry of models has no 'match'", at: node)
        }
    }

    package init(pattern: String, keepsAlways: Bool) {
        self.pattern = pattern
        self.keepsAlways = keepsAlways
    }

    public func matches(_ model: ModelID) -> Bool {
        let text = model.description
        return fnmatch(pattern, text, 0) == 0 || fnmatch(pattern + "/*", text, 0) == 0
    }
}
