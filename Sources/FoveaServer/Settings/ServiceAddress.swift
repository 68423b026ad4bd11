import Foundation

/// Where another service is that answers the same contract: another Fovea, or
/// Immich's machine learning.
///
/// Its path may be a secret that lets callers in, so it is shown to nobody:
/// ``description`` is scheme, host and port alone.
public struct ServiceAddress: Sendable, Hashable {
    /// `http://big:3003`, as the user wrote it; an IPv6 address in brackets.
    private let origin: String
    /// What comes before the contract's paths: `/secret`, or nothing.
    private let prefix: String
    /// Whether the connection is encrypted.
    public let isSecure: Bool

    /// What is wrong with an address; never holds its path or a password.
    package struct Mistake: Error {
        package let text: String
    }

    /// - Throws: for what cannot be the address of a service.
    package init(_ text: String) throws(Mistake) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard scheme == "http" || scheme == "https" else {
            throw Mistake(
                text: "'\(scheme.excerpt)' begins no address of a service: http:// or https:// does")
        }
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false) else {
            throw Mistake(text: "what begins with '\(scheme):' is no address: http://host:port is")
        }
        guard parts.user == nil, parts.password == nil else {
            throw Mistake(
                text: """
                    the address of a service has a user's name or a password in it: take it out, and put a token \
                    in FOVEA_SERVICE_TOKEN
                    """)
        }
        guard let host = parts.percentEncodedHost, !host.isEmpty else {
            throw Mistake(text: "an address with '\(scheme):' names no host: http://host:port does")
        }
        let origin = "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
        guard parts.port.map((1...65535).contains) ?? true else {
            throw Mistake(text: "'\(origin.excerpt)' has a port that is none: 1 to 65535 are")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw Mistake(text: "'\(origin.excerpt)' goes on with '?' or '#': an address ends with its path")
        }
        self.origin = origin
        isSecure = scheme == "https"
        let path = parts.percentEncodedPath
        prefix = String(path.reversed().drop { $0 == "/" }.reversed())
    }

    /// The whole address of one of the contract's pages, the secret included:
    /// to be asked, not to be shown.
    ///
    /// - Parameter page: `/ping`.
    package func url(of page: String) -> String { origin + prefix + page }
}

extension ServiceAddress: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { origin }
    public var debugDescription: String { origin }
}

extension ServiceAddress: CustomReflectable {
    /// Without the path, for those who dump values.
    public var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}

extension ServiceAddress {
    /// Whether a text is meant to be an address and not the name of a device:
    /// no device has a name that begins or goes on like one.
    package static func isMeant(by text: String) -> Bool {
        let text = text.lowercased()
        return text.contains("://") || text.hasPrefix("http:") || text.hasPrefix("https:")
    }

    /// A list of devices, separated by commas, as it may be shown: addresses
    /// without their paths.
    package static func shown(in list: String) -> String {
        list.split(separator: ",", omittingEmptySubsequences: false).map { item in
            let item = String(item)
            guard isMeant(by: item) else { return item }
            return (try? ServiceAddress(item.trimmed))?.description ?? "…"
        }.joined(separator: ",")
    }
}
