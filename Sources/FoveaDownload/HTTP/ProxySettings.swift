import FoveaCore
package import Foundation

/// The proxy that the usual environment variables name, as curl reads them.
package struct ProxySettings: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case http
        case socks
    }

    package var kind: Kind
    package var host: String
    package var port: Int
    /// For proxies that want to know who asks.
    package var user: String?
    package var password: String?

    /// The proxy for `url`; `nil` if it is to be reached directly.
    ///
    /// `https_proxy`, `http_proxy` and `all_proxy` name it, `no_proxy` the hosts
    /// that need none. Each may be in capitals, but `http_proxy`: a web server
    /// passes a request's header `Proxy` on by that name (CVE-2016-5385).
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` if it is no proxy's address.
    package static func settings(for url: URL, variables: [String: String]) throws -> ProxySettings? {
        let scheme = url.scheme?.lowercased() ?? "https"
        let names =
            ["\(scheme)_proxy"] + (scheme == "http" ? [] : ["HTTPS_PROXY"]) + ["all_proxy", "ALL_PROXY"]
        guard let name = names.first(where: { variables[$0]?.isEmpty == false }),
            let value = variables[name], let host = url.host()
        else { return nil }
        let exceptions = variables["no_proxy"] ?? variables["NO_PROXY"] ?? ""
        return isExcepted(host.lowercased(), by: exceptions) ? nil : try parse(value, name: name)
    }

    private static func isExcepted(_ host: String, by list: String) -> Bool {
        list.lowercased().split { $0 == "," || $0 == " " }.contains { entry in
            let domain = entry.drop { $0 == "." }
            return entry == "*" || host == domain || host.hasSuffix(".\(domain)")
        }
    }

    private static func parse(_ value: String, name: String) throws -> ProxySettings {
        let kinds: [String: (Kind, defaultPort: Int)] = [
            "http": (.http, 80), "socks5": (.socks, 1080), "socks5h": (.socks, 1080),
        ]
        let url = URL(string: value.contains("://") ? value : "http://\(value)")
        guard let url, let host = url.host(), !host.isEmpty,
            let (kind, port) = kinds[url.scheme?.lowercased() ?? ""], kind == .http || url.user() == nil
        else {
            // Without the value, which may hold a password.
            throw FoveaError(
                .invalidSetting,
                """
                \(name) is not the address of a proxy that can be used: it has to look like \
                http://proxy.example:3128 or socks5://proxy.example:1080, the latter without a name and \
                password. Correct it, or unset it for this command.
                """)
        }
        return ProxySettings(
            kind: kind, host: host, port: url.port ?? port, user: url.user(percentEncoded: false),
            password: url.password(percentEncoded: false))
    }
}
