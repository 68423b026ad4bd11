import AsyncHTTPClient
import FoveaDownload

/// A client for one server, which is closed whatever happens.
enum Connection {
    static func open<Result: Sendable>(
        to address: String, variables: [String: String], _ body: (HTTPClient) async throws -> Result
    ) async throws -> Result {
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: try .downloads(from: address, variables: variables))
        do {
            let result = try await body(http)
            try? await http.shutdown()
            return result
        } catch {
            try? await http.shutdown()
            throw error
        }
    }
}
