import FoveaCore
public import FoveaEngine
public import FoveaServer

/// Answers predictions with an engine in this process.
public struct EngineService: PredictionService {
    private let engine: Engine

    public init(engine: Engine) { self.engine = engine }

    public func predict(_ call: PredictionCall) async throws -> PredictionReply {
        let (response, report) = try await engine.predict(call.request)
        return PredictionReply(json: response.json, report: report)
    }
}
