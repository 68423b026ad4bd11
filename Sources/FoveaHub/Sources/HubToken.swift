import FoveaCore
import Foundation

/// What the model hub knows its user by, found where the hub's own tools put it.
enum HubToken {
    /// The longest that is read, in bytes; the hub's have 37.
    private static let longest = 4096

    /// `HF_TOKEN`, else the contents of the file `HF_TOKEN_PATH`, else of
    /// `token` in `HF_HOME`, which is `~/.cache/huggingface`, or `huggingface`
    /// in `XDG_CACHE_HOME`.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` if it cannot be sent.
    static func find(variables: [String: String]) throws -> String? {
        if let token = try checked(variables["HF_TOKEN"], "HF_TOKEN") { return token }
        let file =
            variables.text("HF_TOKEN_PATH").map { expanded($0, variables) } ?? home(variables) + "/token"
        // Most have none; one that cannot be read is of no use to public models either.
        guard let handle = FileHandle(forReadingAtPath: file) else { return nil }
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: longest)) ?? Data()
        return try checked(String(decoding: data, as: UTF8.self), file)
    }

    private static func home(_ variables: [String: String]) -> String {
        if let home = variables.text("HF_HOME") { return expanded(home, variables) }
        if let caches = variables.text("XDG_CACHE_HOME") {
            return expanded(caches, variables) + "/huggingface"
        }
        return expanded("~/.cache/huggingface", variables)
    }

    private static func expanded(_ path: String, _ variables: [String: String]) -> String {
        guard path == "~" || path.hasPrefix("~/") else { return path }
        return (variables["HOME"] ?? NSHomeDirectory()) + path.dropFirst()
    }

    private static func checked(_ text: String?, _ place: String) throws -> String? {
        let token = (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else { return nil }
        // Anything else would end the header, or begin another.
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), token.utf8.count < longest else {
            throw FoveaError(
                .invalidSetting,
                "\(place) has letters that no token of the model hub has: put the token there, and nothing else."
            )
        }
        return token
    }
}

extension [String: String] {
    /// The variable without white space around it; `nil` where it is not set or empty.
    fileprivate func text(_ name: String) -> String? {
        let text = (self[name] ?? "").trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? nil : text
    }
}
