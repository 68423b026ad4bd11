import AsyncHTTPClient
import Foundation
import NIOCore

extension HTTPClient.Configuration {
    /// How wheels are fetched from `source`.
    ///
    /// - Parameter variables: the process's environment, which may name a proxy.
    static func downloads(from source: PackageSource, variables: [String: String]) throws -> Self {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .follow(max: 5, allowCycles: false),
            // A silent connection is given up; a slow one is not.
            timeout: .init(connect: .seconds(20), read: .seconds(60)))
        configuration.httpVersion = .http1Only
        // `RetryPolicy` decides about that, and knows what to tell.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let url = URL(string: source.base),
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
