import FoveaCore
package import Foundation

/// Where models come from.
package enum ModelSource: Sendable, Hashable {
    /// The model hub, and for PP-OCR at revision `main` its own source.
    case hub
    /// A web server that has the layout of the cache folder below this address,
    /// which has no slash at its end.
    case mirror(String)
    /// A folder that has the layout of the cache folder.
    case folder(URL)

    /// Whether it is reached over a network.
    package var isRemote: Bool {
        if case .folder = self { false } else { true }
    }

    /// Reads a setting such as `https://mirror.example/models,/mnt/models,hub`:
    /// which sources to ask, in this order. An empty one means `hub`.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` naming the part that cannot
    ///   be used, and what can.
    /// - Parameter demo: the folder that `demo` stands for.
    package static func list(_ setting: String, demo: URL? = nil) throws -> [ModelSource] {
        let texts = setting.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        return texts.isEmpty ? [.hub] : try texts.map { try Self($0, demo: demo) }
    }

    private init(_ text: String, demo: URL?) throws {
        if text.lowercased() == "hub" {
            self = .hub
        } else if text.lowercased() == "demo", let demo {
            self = .folder(demo)
        } else if text.hasPrefix("/") {
            self = .folder(URL(filePath: text, directoryHint: .isDirectory).standardizedFileURL)
        } else if let url = URL(string: text), let scheme = url.scheme?.lowercased() {
            guard url.query() == nil, url.fragment() == nil else { throw Self.unusable(text) }
            switch scheme {
            case "file" where url.path().hasPrefix("/") && ["", "localhost", nil].contains(url.host()):
                let path = url.path(percentEncoded: false)
                self = .folder(URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL)
            case "http", "https":
                guard url.host()?.isEmpty == false else { throw Self.unusable(text) }
                self = .mirror(text.withoutTrailingSlashes)
            default: throw Self.unusable(text)
            }
        } else {
            throw Self.unusable(text)
        }
    }

    private static func unusable(_ text: String) -> FoveaError {
        FoveaError(
            .invalidSetting,
            """
            FOVEA_MODEL_SOURCES has '\(text.prefix(200))', which is no source of models: name hub, demo, the \
            address of a web server such as https://mirror.example/models, or an absolute path, separated by \
            commas.
            """)
    }
}

extension ModelSource: CustomStringConvertible {
    /// What to call it in messages.
    package var description: String {
        switch self {
        case .hub: "the model hub"
        case .mirror(let address): Self.withoutPassword(address)
        case .folder(let folder): folder.path
        }
    }
}

extension ModelSource {
    /// An address that may be shown.
    private static func withoutPassword(_ address: String) -> String {
        guard var parts = URLComponents(string: address) else { return "a mirror" }
        parts.user = nil
        parts.password = nil
        return parts.string ?? "a mirror"
    }
}

extension String {
    /// Without slashes at the end.
    var withoutTrailingSlashes: String { String(reversed().drop { $0 == "/" }.reversed()) }
}
