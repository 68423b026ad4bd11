import FoveaCore
package import HTTPTypes

/// A request that is answered with something else than a prediction.
package struct HTTPProblem: Error {
    package var status: HTTPResponse.Status
    package var body: Body
    /// What the log says beyond what the client is told; `nil` for nothing.
    package var reason: String?

    package enum Body: Equatable, Sendable {
        /// `{"detail": …}` with a text for people.
        case detail(String)
        /// JSON as it is.
        case json(String)
        /// Plain text.
        case plain(String)

        /// What it says, without its form.
        package var text: String {
            switch self {
            case .detail(let text), .json(let text), .plain(let text): text
            }
        }
    }

    package init(_ status: HTTPResponse.Status, _ body: Body, reason: String? = nil) {
        self.status = status
        self.body = body
        self.reason = reason
    }
}

extension HTTPProblem {
    /// 400: the request contradicts itself or the contract.
    package static func badRequest(_ detail: String) -> Self { Self(.badRequest, .detail(detail)) }

    /// 413: something is larger than its limit, which `detail` names.
    package static func tooLarge(_ detail: String) -> Self { Self(.contentTooLarge, .detail(detail)) }

    /// 422: `entries` do not fit their schema.
    package static func unprocessable(_ detail: String, reason: String? = nil) -> Self {
        Self(.unprocessableContent, .detail(detail), reason: reason)
    }

    /// 429: too many requests wait already, and the settings say not to wait.
    package static let overloaded = HTTPProblem(
        .tooManyRequests, .detail("Too many requests are waiting: try again in a second."))

    /// 503: nothing can answer right now.
    package static func unavailable(_ detail: String) -> Self {
        HTTPProblem(.serviceUnavailable, .detail(detail), reason: detail)
    }

    /// 504: the client's own limit of time has passed.
    package static let timedOut = HTTPProblem(
        .gatewayTimeout, .detail("The request's X-Request-Timeout passed before it was answered."))

    package static let notFound = HTTPProblem(.notFound, .detail("Not Found"))
    package static let methodNotAllowed = HTTPProblem(.methodNotAllowed, .detail("Method Not Allowed"))

    /// The body is longer than the limit, by its own account or by count.
    package static func bodyTooLarge(limit: Int) -> Self {
        tooLarge("The request body is larger than the limit of \(limit) bytes.")
    }

    /// A required field of the form is absent or empty.
    package static func missing(field: String) -> Self {
        HTTPProblem(.unprocessableContent, .json(validation("missing", field, "Field required")))
    }

    /// A field of the form that has to be text came as a file.
    package static func notText(field: String) -> Self {
        HTTPProblem(
            .unprocessableContent, .json(validation("string_type", field, "Input should be a valid string")))
    }

    private static func validation(_ type: String, _ field: String, _ message: String) -> String {
        #"{"detail":[{"type":"\#(type)","loc":["body","\#(field)"],"msg":"\#(message)","input":null}]}"#
    }
}

extension HTTPProblem {
    /// Maps any error to the answer that a client gets: the one place where
    /// that is decided.
    package init(_ error: any Error) {
        switch error {
        case let problem as HTTPProblem: self = problem
        case let error as FoveaError: self.init(error)
        case is CancellationError: self = .cancelled
        default:
            self.init(.internalServerError, .plain("Internal Server Error"), reason: "\(error)")
        }
    }

    private init(_ error: FoveaError) {
        let status: HTTPResponse.Status =
            switch error.code {
            case .invalidRequest, .undecodablePicture: .badRequest
            case .limitExceeded: .contentTooLarge
            case .modelNotFound: .notFound
            case .modelInvalid, .engineUnavailable, .engineFailed, .invalidSetting: .internalServerError
            case .cancelled, .modelUnavailable: .serviceUnavailable
            case .outOfMemory: .init(code: 507, reasonPhrase: "Insufficient Storage")
            }
        // The cause is for whoever runs the service: it may name files.
        self.init(status, .detail(error.message), reason: error.description)
    }

    /// Nobody waits for the answer any more, or the service stops.
    private static let cancelled = HTTPProblem(
        .serviceUnavailable,
        .detail("The request was cancelled, because the client has gone or the service stops."))
}

extension HTTPProblem {
    /// The body's bytes and what they are.
    package var content: (type: String, bytes: [UInt8]) {
        switch body {
        case .plain(let text): return ("text/plain; charset=utf-8", Array(text.utf8))
        case .json(let json): return ("application/json", Array(json.utf8))
        case .detail(let detail):
            var writer = JSONWriter()
            writer.raw("{\"detail\":")
            writer.string(detail)
            writer.raw("}")
            return ("application/json", writer.bytes)
        }
    }
}
