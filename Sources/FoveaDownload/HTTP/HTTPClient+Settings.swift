package import AsyncHTTPClient
import Foundation
import NIOCore

extension HTTPClient.Configuration {
    /// How files are fetched from a server.
    ///
    /// - Parameters:
    ///   - address: the server's, or a file's on it.
    ///   - variables: the process's environment, which may name a proxy.
    ///   - idleSeconds: how long a connection may be silent before it is given up.
    /// - Throws: `FoveaError.Code.invalidSetting` if it names one that cannot be used.
    package static func downloads(
        from address: String, variables: [String: String], idleSeconds: Int = 60
    ) throws -> Self {
        var configuration = HTTPClient.Configuration(
            // `FileDownloader` follows them, because it decides what is sent along.
            redirectConfiguration: .disallow,
            // A silent connection is given up; a slow one is not.
            timeout: .init(connect: .seconds(20), read: .seconds(Int64(idleSeconds))))
        configuration.httpVersion = .http1Only
        // `RetryPolicy` decides about that, and knows what to tell.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let url = URL(string: address),
            let proxy = try ProxySettings.settings(for: url, variables: variables)
        {
            configuration.proxy =
                switch proxy.kind {
                case .socks: .socksServer(host: proxy.host, port: proxy.port)
                case .http:
                    .server(
                        host: proxy.host, port: proxy.port,
                        authorization: proxy.user.map { .basic(username: $0, password: proxy.password ?? "") }
                    )
                }
        }
        return configuration
    }
}
