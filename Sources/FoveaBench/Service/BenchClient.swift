import AsyncHTTPClient
package import Foundation
import FoveaClient
package import FoveaCore
import FoveaMetrics
import NIOCore
import NIOHTTP1
package import NIOSSL

/// A service under load, over connections that stay open.
package struct BenchClient: Sendable {
    private let base: String
    private let client: HTTPClient
    private let token: String?

    /// - Parameters:
    ///   - url: the service's, such as `http://host:3003`.
    ///   - connections: how many requests can be under way.
    ///   - token: is sent along; `nil` for none.
    ///   - tls: how connections are encrypted; `nil` for the usual way.
    /// - Throws: ``FoveaError/Code/invalidSetting`` for what is no URL.
    package init(
        url: String, connections: Int, token: String? = nil, tls: TLSConfiguration? = nil
    ) throws {
        guard let parsed = URL(string: url.hasSuffix("/") ? url : url + "/"), parsed.host() != nil,
            ["http", "https"].contains(parsed.scheme ?? "")
        else {
            throw FoveaError(
                .invalidSetting, "'\(url)' is no service's URL: give one such as http://host:3003.")
        }
        self.token = token
        base = parsed.absoluteString
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        // Whoever measures wants to see a refused connection, not to wait for it to be tried again.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = .seconds(10)
        configuration.tlsConfiguration = tls
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// - Throws: `ServiceRefusal`, or what the connection does.
    package func ping() async throws {
        let response = try await client.execute(
            request("ping"), timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 20)
        guard response.status == .ok else {
            throw ServiceRefusal(status: Int(response.status.code), body: Data(body.readableBytesView))
        }
    }

    /// Sends a form.
    ///
    /// - Returns: the answer's JSON, and what its headers say of how it came
    ///   about; empty for a service that says nothing.
    /// - Throws: `ServiceRefusal`, or what the connection does.
    @discardableResult
    package func ask(_ form: BenchForm) async throws -> (body: Data, report: PredictionReport) {
        var request = request("predict")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: form.contentType)
        request.body = .bytes(form.body)
        // A first request waits until the service has loaded its models.
        let response = try await client.execute(request, timeout: .seconds(600))
        let body = Data(try await response.body.collect(upTo: 64 << 20).readableBytesView)
        guard response.status == .ok else {
            throw ServiceRefusal(status: Int(response.status.code), body: body)
        }
        func header(_ name: String) -> String? {
            let values = response.headers[canonicalForm: name]
            return values.isEmpty ? nil : values.joined(separator: ",")
        }
        return (
            body,
            PredictionReport(
                timing: header(PredictionReport.HeaderName.timing),
                models: header(PredictionReport.HeaderName.models))
        )
    }

    private func request(_ page: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + page)
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        return request
    }

    package func close() async { try? await client.shutdown() }
}
