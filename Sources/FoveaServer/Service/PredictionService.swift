/// What answers predictions: the engine in this process, or the gateway that
/// has workers do it.
public protocol PredictionService: Sendable {
    /// Runs every step of the call's request and answers with what was found.
    ///
    /// Stops as soon as it can when the task is cancelled, which happens when
    /// the client has hung up.
    /// - Throws: `FoveaError`, whose code decides the HTTP status,
    ///   ``HTTPProblem``, or `CancellationError`.
    func predict(_ call: PredictionCall) async throws -> PredictionReply

    /// Whether anything can answer, now or after a start. Asked by `/ping`,
    /// so it must be known without waiting.
    var isAvailable: Bool { get }

    /// A request was refused before it came to the service, with that HTTP
    /// status: for whoever counts.
    func refused(status: Int) async

    /// A page that the service adds to those of the contract, such as
    /// `/metrics`; `nil` where it has none of that path.
    ///
    /// - Parameter path: of the request, without the query.
    func page(_ path: String) async -> ServicePage?
}

extension PredictionService {
    public var isAvailable: Bool { true }
    public func refused(status: Int) async {}
    public func page(_ path: String) async -> ServicePage? { nil }
}

/// What a service answers to a `GET` of one of its pages.
public struct ServicePage: Sendable, Equatable {
    /// The HTTP status.
    public var status: Int
    public var contentType: String
    public var body: [UInt8]

    public init(status: Int = 200, contentType: String, body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    public static func json(_ text: String, status: Int = 200) -> ServicePage {
        ServicePage(status: status, contentType: "application/json", body: Array(text.utf8))
    }
}
