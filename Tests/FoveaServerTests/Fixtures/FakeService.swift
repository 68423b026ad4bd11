import FoveaCore
import FoveaServer
import Synchronization

/// A service that answers what it is told to, and remembers what it was asked.
final class FakeService: PredictionService {
    typealias Answering = @Sendable (PredictionRequest) async throws -> PredictionResponse

    let isAvailable: Bool
    private let asked = Mutex<[PredictionCall]>([])
    private let turnedAway = Mutex<[Int]>([])
    private let report: PredictionReport
    private let pages: [String: ServicePage]
    private let answering: Answering

    /// - Parameters:
    ///   - report: goes with every answer.
    ///   - pages: what it adds to those of the contract, by path.
    init(
        report: PredictionReport = PredictionReport(), isAvailable: Bool = true,
        pages: [String: ServicePage] = [:], _ answering: @escaping Answering = FakeService.echo
    ) {
        self.report = report
        self.isAvailable = isAvailable
        self.pages = pages
        self.answering = answering
    }

    var calls: [PredictionCall] { asked.withLock { $0 } }

    var requests: [PredictionRequest] { calls.map(\.request) }

    /// The statuses of requests that were refused before they came here.
    var refusals: [Int] { turnedAway.withLock { $0 } }

    func predict(_ call: PredictionCall) async throws -> PredictionReply {
        asked.withLock { $0.append(call) }
        return PredictionReply(json: try await answering(call.request).json, report: report)
    }

    func refused(status: Int) async { turnedAway.withLock { $0.append(status) } }

    func page(_ path: String) async -> ServicePage? { pages[path] }

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
