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
    private let patience: Duration
    private let requestPatience: Duration

    /// Far larger than answers are: a picture with a thousand faces makes 10 MB.
    private static let maximumAnswerBytes = 32 << 20

    /// - Parameters:
    ///   - http: shared by all services.
    ///   - patience: how long the service may take to say that it is there.
    ///   - requestPatience: how long it may take over a request.
    init(
        http: HTTPClient, address: ServiceAddress, token: String?, patience: Duration,
        requestPatience: Duration
    ) {
        self.patience = patience
        self.requestPatience = requestPatience
        self.http = http
        self.address = address
        self.token = token
    }

    /// Returns where the service is there.
    func ping() async throws(ServiceFault) {
        let status: Int
        let text: String
        do {
            (status, text) = try await within(patience) { [self] in
                let response = try await http.execute(request("/ping"), deadline: .distantFuture)
                let text = String(buffer: try await response.body.collect(upTo: 64 << 10))
                return (Int(response.status.code), text)
            }
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
            (response, body) = try await within(requestPatience) { [http, request] in
                let response = try await http.execute(request, deadline: .distantFuture)
                let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
                return (response, Array(body.readableBytesView))
            }
        } catch is TooLate {
            var declined = declined("it gave no answer within \(requestPatience.components.seconds) s")
            declined.isBroken = true
            throw declined
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
            guard Self.isAnswer(status, isJSON: isJSON) else {
                let isAboutRequest = Self.isAboutRequest(status, text, isJSON: isJSON)
                // Who may ask is between this service and the other.
                let isOwn = status == 429 || status >= 500 || isAboutRequest
                var declined = declined(Self.explanation(of: status), isOwn ? answer : nil)
                declined.isAboutRequest = isAboutRequest
                throw declined
            }
            throw answer
        }
        guard isJSON, Self.fits(body, call.request) else {
            throw declined("its answer is not that of a machine-learning service: correct its address")
        }
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

    /// Whether a status other than 200 says something about the request that
    /// others would say too, and not about the service or the way to it.
    private static func isAnswer(_ status: Int, isJSON: Bool) -> Bool {
        // What is no JSON comes from somebody in between.
        switch status {
        case 401, 403, 404, 405, 407, 408, 413, 421, 425, 426, 429, 431: false
        case 400..<500: isJSON
        default: false
        }
    }

    /// Whether the service has not what the request needs, or lets in less than
    /// this one does.
    private static func isAboutRequest(_ status: Int, _ text: String, isJSON: Bool) -> Bool {
        switch status {
        // A path that is not there is no model that is not there.
        case 404: isJSON && !text.contains(#""Not Found""#)
        case 413: isJSON
        default: false
        }
    }

    /// Whether a body looks like the answer to a request: an object that has
    /// what was asked for.
    private static func fits(_ body: [UInt8], _ request: PredictionRequest) -> Bool {
        func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x0A, 0x0D, 0x09].contains(byte) }
        guard body.first(where: { !isBlank($0) }) == UInt8(ascii: "{"),
            body.last(where: { !isBlank($0) }) == UInt8(ascii: "}")
        else { return false }
        return request.steps.allSatisfy { step in
            body.firstRange(of: Array("\"\(step.model.task.rawValue)\"".utf8)) != nil
        }
    }

    /// What a status says about a service.
    private static func explanation(of status: Int) -> String {
        switch status {
        case 401, 403:
            "it lets nobody in without the right token or path (\(status)): see FOVEA_SERVICE_TOKEN"
        case 300..<400: "it answers with \(status), that it is elsewhere: correct its address"
        case 404, 405: "it answers with \(status): correct the path in its address, unless it lacks the model"
        case 413: "it takes no requests of that size (413)"
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
