import AsyncHTTPClient
import FoveaClient
import FoveaCore
import Foundation
import NIOCore
import NIOHTTP1

/// A service that speaks Immich's contract.
struct RemoteService {
    /// Ends with a slash.
    let base: String
    let http: HTTPClient
    /// Is sent along; `nil` for none.
    var token: String?

    func isAlive() async -> Bool {
        let response = try? await http.execute(request("ping"), timeout: .seconds(5))
        return response?.status == .ok
    }

    /// - Throws: `ServiceRefusal` for an answer that is not 200, `FoveaError`
    ///   for one that cannot be understood.
    func ask(entries: String, about payload: PredictionRequest.Payload) async throws -> ServiceAnswer {
        var form = MultipartForm()
        form.add("entries", text: entries)
        switch payload {
        case .text(let text): form.add("text", text: text)
        case .image(let bytes): form.add("image", file: Data(bytes))
        }
        var request = request("predict")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: form.contentType)
        request.body = .bytes(ByteBuffer(bytes: form.body))
        // A first request waits until the service has loaded its models.
        let response = try await http.execute(request, timeout: .seconds(600))
        let body = Data(try await response.body.collect(upTo: 64 << 20).readableBytesView)
        guard response.status == .ok else {
            throw ServiceRefusal(status: Int(response.status.code), body: body)
        }
        return try ServiceAnswer(json: body)
    }

    private func request(_ page: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: base + page)
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        return request
    }
}
