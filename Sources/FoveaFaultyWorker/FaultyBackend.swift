import FoveaBackends
import FoveaCore
import Foundation
import Synchronization

/// What a model does wrong, by the beginning of its name.
enum Fault: String, CaseIterable {
    /// Ends the process while it is loaded.
    case crashesAtLoad = "crashes-at-load"
    /// Never finishes loading.
    case hangsAtLoad = "hangs-at-load"
    /// Ends the process when it is given a black picture.
    case crashesOnBlack = "crashes-on-black"
    /// Never answers when it is given a black picture.
    case hangsOnBlack = "hangs-on-black"
    /// Keeps 8 MB of every run.
    case leaks
    /// Answers with what is no number.
    case answersNaN = "answers-nan"
    /// Reports an error when it is given a black picture.
    case failsOnBlack = "fails-on-black"
}

/// An engine for `clip/<name>/visual` models: a picture's embedding is the
/// mean of its first row, and 1.
struct FaultyBackend: Backend {
    let description = "faulty engine"
    private let pool = BlockingPool(name: "faulty", width: 8)

    func open(_ model: URL) async throws -> any ModelSession {
        let name = model.deletingLastPathComponent().deletingLastPathComponent().lastPathComponent
        let fault = Fault.allCases.first { name.hasPrefix($0.rawValue) }
        try await pool.run(.load) {
            if fault == .crashesAtLoad { abort() }
            if fault == .hangsAtLoad { hang() }
        }
        return FaultySession(fault: fault, pool: pool)
    }
}

private struct FaultySession: ModelSession {
    let fault: Fault?
    let pool: BlockingPool

    let inputs = [TensorInfo(name: "image", elementType: .float32, shape: [1, 3, 8, 8])]
    let outputs = [TensorInfo(name: "embedding", elementType: .float32, shape: [1, 2])]
    let metadata: [String: String] = [:]
    let placement = Placement(device: "cpu", provider: "FaultyExecutionProvider", precision: "fp32")

    private static let kept = Mutex<[[UInt8]]>([])

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        try await pool.run(.run) {
            let row = try inputs[0].floats().prefix(8)
            let mean = row.reduce(0, +) / 8
            switch fault {
            case .crashesOnBlack where mean == 0: abort()
            case .hangsOnBlack where mean == 0: hang()
            case .failsOnBlack where mean == 0: throw FoveaError(.engineFailed, "The device is lost.")
            case .leaks: Self.kept.withLock { $0.append([UInt8](repeating: 1, count: 8 << 20)) }
            case .answersNaN: return [Tensor(shape: [1, 2], [Float.nan, 1])]
            default: break
            }
            return [Tensor(shape: [1, 2], [mean, 1])]
        }
    }
}

private func hang() -> Never {
    while true { sleep(3600) }
}
