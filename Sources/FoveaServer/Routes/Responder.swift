import FoveaCore
import FoveaMetrics
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Answers requests: finds the route, runs it, and turns whatever is thrown
/// into the answer for it.
struct Responder: HTTPResponder {
    typealias Context = ConnectionContext

    let service: any PredictionService
    let intake: Intake
    let doorkeeper: Doorkeeper
    let limits: Limits
    let logger: Logger

    func respond(to request: Request, context: Context) async throws -> Response {
        // Not the context's: it traps where the log's handler keeps no metadata.
        let id = RequestID().description
        var response = try await answer(request, from: context.client, logger.request(id))
        // The answer to HEAD has the headers of an answer, but no body.
        if request.method == .head {
            let length = response.headers[.contentLength]
            response.body = ResponseBody()
            response.headers[.contentLength] = length
        }
        return response
    }

    private func answer(
        _ request: Request, from client: String, _ logger: Logger
    ) async throws -> Response {
        let path: String
        do {
            path = try doorkeeper.admit(request, from: client)
        } catch {
            // Who is not let in keeps no connection either.
            var response = Response(error)
            response.headers[.connection] = "close"
            return response
        }
        do {
            let response = try await route(request, path, from: client)
            logger.debug("Request answered: \(request.method) \(path.excerpt(of: 100))")
            return response
        } catch let error as HTTPParserError {
            // The connection's handler has answered already.
            throw error
        } catch {
            let problem = HTTPProblem(error)
            log(problem, logger)
            return Response(problem)
        }
    }

    /// - Parameter path: the request's, without what opened the service.
    private func route(_ request: Request, _ path: String, from client: String) async throws -> Response {
        switch (path, request.method) {
        case ("/predict", .post): try await predict(request, from: client)
        case ("/predict", _): methodNotAllowed(allow: .post)
        case (let path, let method):
            if let page = await page(path) {
                method == .get ? page : methodNotAllowed(allow: .get)
            } else {
                throw HTTPProblem.notFound
            }
        }
    }

    private func page(_ path: String) async -> Response? {
        switch path {
        case "/": return Response("application/json", Array(#"{"message":"Immich ML"}"#.utf8))
        case "/ping": return ping()
        case "/openapi.json": return Response("application/json", Array(OpenAPI.document.utf8))
        case "/docs", "/redoc":
            return Response("text/html; charset=utf-8", Array(DocumentationPage.html.utf8))
        default:
            guard let page = await service.page(path) else { return nil }
            return Response(page.contentType, page.body, status: .init(code: page.status))
        }
    }

    /// Answered on the event loop, whatever else is going on.
    private func ping() -> Response {
        guard service.isAvailable else {
            return Response(HTTPProblem.unavailable("No worker can serve: GET /health says why."))
        }
        return Response("text/plain; charset=utf-8", Array("pong".utf8))
    }

    private func methodNotAllowed(allow method: HTTPRequest.Method) -> Response {
        var response = Response(HTTPProblem.methodNotAllowed)
        response.headers[.allow] = method.rawValue
        return response
    }

    private func predict(_ request: Request, from client: String) async throws -> Response {
        let pass = try await counted { try intake.begin() }
        defer { pass.end() }
        let call = try await counted {
            let headers = try CallHeaders(request.headers)
            let form = try await form(request, pass)
            return PredictionCall(
                request: try PredictionRequest(form), entries: form.entries?.bytes ?? [],
                priority: headers.priority, client: client, timeout: headers.timeout,
                isForwarded: headers.isForwarded)
        }
        return Response(try await service.predict(call))
    }

    /// Tells the service of what is refused before it gets to hear of it.
    private func counted<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch {
            await service.refused(status: HTTPProblem(error).status.code)
            throw error
        }
    }

    private func form(_ request: Request, _ pass: Intake.Pass) async throws -> PredictionForm {
        var reader = try FormReader(
            contentType: request.headers[.contentType],
            contentLength: request.headers[.contentLength].flatMap { Int($0) }, limits: limits)
        do {
            for try await chunk in request.body {
                try await pass.take(chunk.readableBytes)
                try reader.push(chunk)
            }
        } catch let error as IOError {
            // The client has gone in the middle of its request, which is
            // nobody's failure.
            throw FoveaError(.cancelled, "The connection broke while the request was read.", cause: error)
        }
        try Task.checkCancellation()
        pass.complete()
        return try reader.finish()
    }

    /// One line a failure. That somebody asks for a page that does not exist,
    /// or does not wait for the answer, is nothing to act on.
    private func log(_ problem: HTTPProblem, _ logger: Logger) {
        let reason = (problem.reason ?? problem.body.text).excerpt(of: 2000)
        switch problem.status {
        case .notFound where problem.reason == nil: logger.debug("Request refused: \(reason)")
        case .internalServerError: logger.error("Request failed: \(reason)")
        case .unprocessableContent: logger.warning("Invalid request format: \(reason)")
        case .serviceUnavailable: logger.debug("Request cancelled: \(reason)")
        default: logger.warning("Request refused: \(reason)")
        }
    }
}

extension Response {
    fileprivate init(_ type: String, _ bytes: [UInt8], status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: type, .contentLength: String(bytes.count)],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    fileprivate init(_ problem: HTTPProblem) {
        let content = problem.content
        self.init(content.type, content.bytes, status: problem.status)
        // A moment: long enough for a request to be answered, too short to matter.
        if problem.status == .tooManyRequests { headers[.retryAfter] = "1" }
        if problem.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
    }

    fileprivate init(_ reply: PredictionReply) {
        self.init("application/json", reply.json)
        for (name, value) in reply.report.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
    }
}
