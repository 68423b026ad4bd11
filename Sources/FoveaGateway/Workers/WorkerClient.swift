package import AsyncHTTPClient
import FoveaCore
import FoveaMetrics
package import FoveaServer
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Speaks the contract to one worker, over its Unix socket.
package struct WorkerClient: Sendable {
    private let http: HTTPClient
    private let url: String

    /// Answers are far smaller: a picture with a thousand faces makes 10 MB.
    private static let maximumAnswerBytes = 256 << 20

    /// - Parameters:
    ///   - http: shared by all workers; knows each by its socket.
    ///   - socketPath: where the worker listens.
    package init(http: HTTPClient, socketPath: String) {
        self.http = http
        url = URL(httpURLWithSocketPath: socketPath, uri: "/predict")?.absoluteString ?? ""
    }

    package func predict(_ call: PredictionCall) async throws -> PredictionReply {
        let form = MultipartForm(call)
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: form.contentType)
        request.headers.add(name: "x-fovea-priority", value: call.priority.rawValue)
        request.body = .bytes(form.body)
        let response: HTTPClientResponse
        let body: [UInt8]
        do {
            response = try await http.execute(request, deadline: .distantFuture)
            body = Array(try await response.body.collect(upTo: Self.maximumAnswerBytes).readableBytesView)
        } catch {
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            throw WorkerLost(cause: error)
        }
        guard response.status == .ok else {
            let text = String(decoding: body, as: UTF8.self)
            let isJSON = response.headers.first(name: "content-type") == "application/json"
            throw HTTPProblem(
                HTTPResponse.Status(code: Int(response.status.code)), isJSON ? .json(text) : .plain(text))
        }
        let report = PredictionReport(
            timing: response.headers.first(name: PredictionReport.HeaderName.timing),
            models: response.headers.first(name: PredictionReport.HeaderName.models))
        return PredictionReply(json: body, report: report)
    }

    /// A client for the sockets of all workers.
    package static func makeHTTPClient() -> HTTPClient {
        HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10)), decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The gateway decides how many requests a worker has.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4096
        // Whether a request may be sent again is the gateway's to decide.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
