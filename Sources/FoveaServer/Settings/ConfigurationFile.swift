import FoveaCore
import Foundation
import Yams

/// What `fovea.yaml` says, which environment variables have no words for.
///
/// ```yaml
/// devices: [cuda:0, cuda:1, cpu]   # one worker each; http://host:3003 is another service
/// models:
///   - match: clip/*/textual        # task/name/type; * stands for anything
///     device: cpu                  # or a list: the next where one cannot
///     keep: always                 # stays in memory once it is loaded
///   - match: facial-recognition/*
///     replicas: [cuda:0, cuda:1]   # these share the work
///     precision: fp16              # where it passes the comparison
///     fallback: fail               # rather than run elsewhere
/// ```
public struct ConfigurationFile: Sendable, Equatable {
    /// One slot each, in this order. Empty for the default.
    public var places: [SlotPlace] = []
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
            throw FoveaError(.invalidSetting, "\(path) is not YAML: \(Self.explanation(of: error)).")
        }
    }

    /// What is wrong, without the text around it: that may be an address with a
    /// secret path.
    private static func explanation(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line): \(problem)"
        case .duplicatedKeysInMapping(let keys, _): "\(keys.joined(separator: ", ")) is there twice"
        default: "it cannot be read"
        }
    }

    /// - Parameter text: YAML; may be empty.
    package static func parse(_ text: String) throws -> ConfigurationFile {
        var file = ConfigurationFile()
        guard let root = try Yams.compose(yaml: text), root != Node("", Tag(.null)) else { return file }
        for (key, value) in try members(of: root, what: "the file") {
            switch key {
            case "devices": file.places = try list(value, what: key).map(place)
            case "models": file.models = try list(value, what: key).map(ModelRule.init)
            default: throw unknown(key, among: ["devices", "models"], at: value)
            }
        }
        return file
    }

    static func place(_ node: Node) throws -> SlotPlace {
        if let text = node.string, ServiceAddress.isMeant(by: text) {
            do throws(ServiceAddress.Mistake) {
                return .service(try ServiceAddress(text))
            } catch {
                throw invalid(error.text, at: node)
            }
        }
        guard let device = node.string.flatMap({ Device($0) }) else {
            let kinds = DeviceKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw invalid(
                """
                '\(node.string?.excerpt ?? "?")' names no device: give one of \(kinds), with :0, :1 or :GPU.0 after \
                it, or the address of another service, http://host:3003
                """,
                at: node)
        }
        return .device(device)
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

    static func list(_ node: Node, what: String) throws -> [Node] {
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
