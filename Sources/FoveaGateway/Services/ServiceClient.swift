import AsyncHTTPClient
import FoveaCore
import FoveaMetrics
import FoveaServer
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Speaks the contract to one other service.
struct ServiceClient: Sendable {
    private let http: HTTPClient
    private let address: ServiceAddress
    private let token: String?
    private let patience: TimeAmount

    /// - Parameters:
    ///   - http: shared by all services.
    ///   - patience: how long the service may take to say that it is there.
    init(http: HTTPClient, address: ServiceAddress, token: String?, patience: Duration) {
        self.patience = TimeAmount(patience)
        self.http = http
        self.address = address
        self.token = token
    }

    /// Returns where the service is there.
    func ping() async throws(ServiceFault) {
        let status: Int
        let text: String
        do {
            let response = try await http.execute(request("/ping"), timeout: patience)
            status = Int(response.status.code)
            text = String(buffer: try await response.body.collect(upTo: 64 << 10))
        } catch {
            throw ServiceFault(error)
        }
        guard status == 200 else { throw ServiceFault(Self.explanation(of: status)) }
        guard text.contains("pong") else {
            throw ServiceFault("its /ping is not that of a machine-learning service: correct its address")
        }
    }

    /// - Throws: ``HTTPProblem`` where the service says that the request is wrong,
    ///   ``ServiceDeclined``, `CancellationError`.
    func predict(_ call: PredictionCall) async throws -> PredictionReply {
        let form = MultipartForm(call)
        var request = request("/predict")
        request.method = .POST
        request.headers.add(name: "content-type", value: form.contentType)
        request.headers.add(name: "x-fovea-priority", value: call.priority.rawValue)
        request.headers.add(name: "x-fovea-hops", value: "1")
        if let timeout = call.timeout {
            request.headers.add(name: "x-request-timeout", value: "\(timeout / .seconds(1))")
        }
        request.body = .bytes(form.body)
        let response: HTTPClientResponse
        let body: [UInt8]
        do {
            response = try await http.execute(request, deadline: .distantFuture)
            body = Array(
                try await response.body.collect(upTo: WorkerClient.maximumAnswerBytes).readableBytesView)
        } catch {
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            var declined = declined(ServiceFault(error).reason)
            declined.isBroken = true
            throw declined
        }
        let isJSON = response.headers.first(name: "content-type")?.hasPrefix("application/json") == true
        let status = Int(response.status.code)
        guard status == 200 else {
            let text = String(decoding: body, as: UTF8.self)
            let answer = HTTPProblem(HTTPResponse.Status(code: status), isJSON ? .json(text) : .plain(text))
            guard Self.isAnswer(status, text, isJSON: isJSON) else {
                // Who may ask is between this service and the other.
                let isOwn = status == 429 || status >= 500
                throw declined(Self.explanation(of: status), isOwn ? answer : nil)
            }
            throw answer
        }
        guard isJSON else { throw declined("its answer is no JSON: correct its address") }
        var report = PredictionReport(
            timing: response.headers.first(name: PredictionReport.HeaderName.timing),
            models: response.headers.first(name: PredictionReport.HeaderName.models))
        report.service = address.description
        return PredictionReply(json: body, report: report)
    }

    private func request(_ page: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address.url(of: page))
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        return request
    }

    private func declined(_ reason: String, _ answer: HTTPProblem? = nil) -> ServiceDeclined {
        let text = """
            \(address) did not answer the request (\(reason)), and there is no other slot for it: name a device \
            beside it in fovea.yaml.
            """
        return ServiceDeclined(answer: answer ?? .unavailable(text), reason: reason)
    }

    /// Whether a status other than 200 says something about the request, and not
    /// about the service or the way to it.
    private static func isAnswer(_ status: Int, _ text: String, isJSON: Bool) -> Bool {
        switch status {
        case 401, 403, 405, 407, 429: false
        // A path that is not there is no model that is not there.
        case 404: isJSON && !text.contains(#""Not Found""#)
        case 400..<500: true
        default: false
        }
    }

    /// What a status says about a service.
    private static func explanation(of status: Int) -> String {
        switch status {
        case 401, 403:
            "it lets nobody in without the right token or path (\(status)): see FOVEA_SERVICE_TOKEN"
        case 300..<400: "it answers with \(status), that it is elsewhere: correct its address"
        case 404, 405: "it answers with \(status): correct the path in its address"
        default: "it answers with \(status)"
        }
    }
}

extension ServiceClient {
    /// A client for all services.
    ///
    /// - Parameter patience: how long a connection may take to come about.
    /// - Throws: ``FoveaError/Code/invalidSetting`` where the authorities cannot
    ///   be read.
    static func makeHTTPClient(_ settings: ServiceSettings, patience: Duration) throws -> HTTPClient {
        var configuration = WorkerClient.configuration
        configuration.timeout.connect = TimeAmount(patience)
        // Immich closes connections after two seconds: one that is older may be
        // closing while a request is on its way.
        configuration.connectionPool.idleTimeout = .seconds(1)
        configuration.tlsConfiguration = try settings.tlsConfiguration()
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
