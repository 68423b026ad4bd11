package import Foundation
package import FoveaClient
import FoveaCore
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Asks a machine-learning service over HTTP.
package struct ServiceClient: PhotoService {
    private let service: URL
    private let session: URLSession

    /// - Parameters:
    ///   - service: where it listens, such as `http://127.0.0.1:3003`.
    ///   - connections: kept open at most.
    package init(service: URL, connections: Int) {
        self.service = service
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = connections
        // A first request waits until the service has loaded its models.
        configuration.timeoutIntervalForRequest = 600
        configuration.timeoutIntervalForResource = 600
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        session = URLSession(configuration: configuration)
    }

    package func ask(_ request: ServiceRequest, image: Data) async throws -> ServiceAnswer {
        try await ask(entries: request.entries, image: image)
    }

    package func ask(_ request: ServiceRequest, text: String) async throws -> ServiceAnswer {
        try await ask(entries: request.entries, text: text)
    }

    /// - Parameter entries: the form's field, JSON.
    package func ask(entries: String, image: Data) async throws -> ServiceAnswer {
        var form = MultipartForm()
        form.add("entries", text: entries)
        form.add("image", file: image)
        return try await send(form)
    }

    package func ask(entries: String, text: String) async throws -> ServiceAnswer {
        var form = MultipartForm()
        form.add("entries", text: entries)
        form.add("text", text: text)
        return try await send(form)
    }

    package func isAlive() async -> Bool {
        let request = URLRequest(url: service.appending(path: "ping"), timeoutInterval: 5)
        return await withCheckedContinuation { continuation in
            session.dataTask(with: request) { _, response, _ in
                continuation.resume(returning: (response as? HTTPURLResponse)?.statusCode == 200)
            }.resume()
        }
    }

    /// - Throws: `ServiceRefusal` for an answer that is not 200, `FoveaError`
    ///   where none comes or it cannot be understood.
    private func send(_ form: MultipartForm) async throws -> ServiceAnswer {
        var request = URLRequest(url: service.appending(path: "predict"))
        request.httpMethod = "POST"
        request.setValue(form.contentType, forHTTPHeaderField: "Content-Type")
        let (body, status) = try await transfer(request, form.body)
        guard status == 200 else { throw ServiceRefusal(status: status, body: body) }
        return try ServiceAnswer(json: body)
    }

    /// Does not use the session's own async functions: on Linux, cancelling a
    /// Swift task in one can lock up for good with the transfer's end, as one
    /// holds the task and waits for the session, the other the reverse (seen
    /// with Swift 6.3 when the service dies). A transfer here cannot be
    /// cancelled; it ends by itself.
    private func transfer(_ request: URLRequest, _ body: Data) async throws -> (Data, status: Int) {
        try await withCheckedThrowingContinuation { continuation in
            session.uploadTask(with: request, from: body) { body, response, error in
                guard let response = response as? HTTPURLResponse, error == nil else {
                    let reason = error?.localizedDescription ?? "its answer is not HTTP"
                    continuation.resume(
                        throwing: FoveaError(
                            .engineUnavailable,
                            "\(service.absoluteString) gave no answer: is the service running? (\(reason))"))
                    return
                }
                continuation.resume(returning: (body ?? Data(), response.statusCode))
            }.resume()
        }
    }
}
