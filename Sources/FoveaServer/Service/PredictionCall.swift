public import FoveaCore

/// A prediction request and the circumstances it came in.
public struct PredictionCall: Sendable {
    public var request: PredictionRequest
    /// The field `entries` as it came: JSON in UTF-8, already found valid.
    public var entries: [UInt8]
    public var priority: RequestPriority
    /// Who asks, for fairness: the address the connection came from.
    public var client: String
    /// How long the client cares for an answer; `nil` for as long as it takes.
    public var timeout: Duration?
    /// Whether another Fovea sent it, whose slot this service is.
    public var isForwarded: Bool

    /// - Parameter priority: `nil` for what the request is by itself.
    public init(
        request: PredictionRequest, entries: [UInt8], priority: RequestPriority? = nil, client: String = "",
        timeout: Duration? = nil, isForwarded: Bool = false
    ) {
        self.request = request
        self.entries = entries
        self.priority = priority ?? request.naturalPriority
        self.client = client
        self.timeout = timeout
        self.isForwarded = isForwarded
    }
}

/// The answer to a call.
public struct PredictionReply: Sendable {
    /// The contract's JSON.
    public var json: [UInt8]
    /// Where the answer comes from and what took how long.
    public var report: PredictionReport

    public init(json: [UInt8], report: PredictionReport) {
        self.json = json
        self.report = report
    }
}
