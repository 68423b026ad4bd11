public import FoveaCore

/// What answers predictions: the engine in this process, or whatever stands
/// in for it.
public protocol PredictionService: Sendable {
    /// Runs every step of `request` and answers with what was found.
    ///
    /// Stops as soon as it can when the task is cancelled, which happens when
    /// the client has hung up.
    /// - Throws: `FoveaError`, whose code decides the HTTP status, or
    ///   `CancellationError`.
    func predict(_ request: PredictionRequest) async throws -> PredictionResponse
}
