import FoveaCore
import FoveaServer
import Synchronization

/// A service that answers what it is told to, and remembers what it was asked.
final class FakeService: PredictionService {
    typealias Answering = @Sendable (PredictionRequest) async throws -> PredictionResponse

    private let asked = Mutex<[PredictionRequest]>([])
    private let answering: Answering

    init(_ answering: @escaping Answering = FakeService.echo) { self.answering = answering }

    var requests: [PredictionRequest] { asked.withLock { $0 } }

    func predict(_ request: PredictionRequest) async throws -> PredictionResponse {
        asked.withLock { $0.append(request) }
        return try await answering(request)
    }

    /// Answers with the payload's size and the sum of its bytes.
    static let echo: Answering = { request in
        let bytes =
            switch request.payload {
            case .image(let bytes): bytes
            case .text(let text): Array(text.utf8)
            }
        let sum = bytes.reduce(into: 0) { $0 &+= Int($1) }
        var size: ImageSize?
        if case .image = request.payload { size = ImageSize(width: bytes.count, height: 1) }
        return PredictionResponse(
            answers: [(request.steps[0].model.task, .embedding([Float(bytes.count), Float(sum)]))],
            imageSize: size)
    }

    /// Waits until the task is cancelled.
    static func waitForCancellation() async throws -> Never {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        throw CancellationError()
    }
}
