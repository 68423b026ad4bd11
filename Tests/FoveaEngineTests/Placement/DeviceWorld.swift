import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaModels
import FoveaTesting
import Foundation
import Logging
import Synchronization
import Testing

/// An engine with made-up devices, each of which answers as a test says.
final class DeviceWorld: Sendable {
    /// What a made-up device does.
    struct Behaviour: Sendable {
        var vector: [Float] = [0.6, 0.8]
        /// Why it cannot be opened.
        var unavailable: String?
        /// Why models cannot be opened on it.
        var broken: String?
        /// Runs that go well before the others fail.
        var runs = Int.max
        var hasFiles = true
    }

    let folder: URL
    let journal = Journal()
    let gates = Gates()
    private let behaviours: Mutex<[String: Behaviour]>
    private let runs = Mutex<[String: Int]>([:])
    private let time = Mutex(ContinuousClock.now)

    init(_ behaviours: [String: Behaviour]) throws {
        self.behaviours = Mutex(behaviours)
        folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        for (file, text) in Self.files {
            let url = folder.appending(path: "clip/a/\(file)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private static let files = [
        "visual/model.onnx": "",
        "visual/preprocess_cfg.json": #"{"size": [8, 8], "mean": [0, 0, 0], "std": [1, 1, 1]}"#,
    ]

    /// By which devices rest.
    func pass(_ duration: Duration) { time.withLock { $0 += duration } }

    func set(_ device: String, _ behaviour: Behaviour) { behaviours.withLock { $0[device] = behaviour } }

    /// A process: what it remembers is gone with it, what is on disk is not.
    func engine(
        _ devices: [Candidate], fallsBack: Bool = true, waits: Bool = false, isFreeChoice: Bool = false
    ) -> Engine {
        var configuration = EngineConfiguration()
        configuration.now = { [self] in time.withLock { $0 } }
        configuration.onEvent = { [journal] in journal.add(Self.text($0)) }
        let set = DeviceSet(
            plan: { _ in PlacementPlan(devices, fallsBack: fallsBack, isFreeChoice: isFreeChoice) },
            facts: { _ in DeviceFacts(hardware: "Made up", driver: "1") },
            proofFolder: folder.appending(component: "proofs"), waitsForProof: waits,
            open: { [self] in try open($0) })
        return Engine(
            store: ModelStore(folder: folder), devices: set, configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Changes how long a device took in the proofs that are kept.
    ///
    /// - Parameter factor: times what the processor took.
    func setSeconds(ofProofs factor: Double) throws {
        try Self.setSeconds(ofProofsIn: folder.appending(component: "proofs"), to: factor)
    }

    /// The same for proofs in any folder.
    static func setSeconds(ofProofsIn proofs: URL, to factor: Double) throws {
        for file in try FileManager.default.contentsOfDirectory(at: proofs, includingPropertiesForKeys: nil) {
            let data = try Data(contentsOf: file)
            var record = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            var proof = try #require(record["proof"] as? [String: Any])
            proof["seconds"] = factor
            proof["referenceSeconds"] = 1
            record["proof"] = proof
            try JSONSerialization.data(withJSONObject: record).write(to: file)
        }
    }

    /// - Returns: the embedding, and where it was computed.
    func see(_ engine: Engine) async throws -> (vector: [Float], placement: Placement) {
        let picture = try Data(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../../../Samples/cat.jpg"))
        let (response, report) = try await engine.predict(
            PredictionRequest(payload: .image([UInt8](picture)), steps: [.clipVisual(model: "a")]))
        guard case .embedding(let vector) = response.answers[0].answer else { return ([], .cpu) }
        return (vector, report.runs.last?.placement ?? .cpu)
    }

    private func open(_ candidate: Candidate) throws -> any Backend {
        let device = candidate.device.description
        let behaviour = behaviours.withLock { $0[device] } ?? Behaviour()
        if let reason = behaviour.unavailable { throw FoveaError(.engineUnavailable, reason) }
        return DeviceBackend(world: self, candidate: candidate, behaviour: behaviour)
    }

    fileprivate func answer(_ device: String) async throws -> [Tensor] {
        await gates.pass("run \(device)")
        let behaviour = behaviours.withLock { $0[device] } ?? Behaviour()
        let count = runs.withLock { runs in
            runs[device, default: 0] += 1
            return runs[device, default: 0]
        }
        guard count <= behaviour.runs else { throw FoveaError(.engineFailed, "The device is lost.") }
        return [Tensor(shape: [1, behaviour.vector.count], behaviour.vector)]
    }

    private static func text(_ event: EngineEvent) -> String {
        switch event {
        case .loading: "loading"
        case .loaded(_, let placement, _, _, _): "loaded on \(placement.device)"
        case .loadFailed(_, let message): "failed: \(message)"
        case .unloaded: "unloaded"
        case .trying(_, let device): "trying \(device)"
        case .preparing(_, let device, let done, let total): "prepared \(device): \(done) of \(total)"
        case .tried(_, let device, let passed, _): "\(device) \(passed ? "passed" : "failed")"
        case .fellBack(_, let wanted, let device, let reason): "\(device) instead of \(wanted): \(reason)"
        }
    }
}

private struct DeviceBackend: Backend {
    let world: DeviceWorld
    let candidate: Candidate
    let behaviour: DeviceWorld.Behaviour
    let description = "Fake engine 1"

    func file(in folder: URL) -> URL? {
        behaviour.hasFiles ? folder.appending(component: "model.onnx") : nil
    }

    func open(_ model: URL) async throws -> any ModelSession {
        if let reason = behaviour.broken { throw FoveaError(.modelInvalid, reason) }
        return DeviceSession(world: world, candidate: candidate)
    }
}

private struct DeviceSession: ModelSession {
    let world: DeviceWorld
    let candidate: Candidate
    let inputs = [TensorInfo(name: "image", elementType: .float32, shape: [nil, 3, 8, 8])]
    let outputs = [TensorInfo(name: "embedding", elementType: .float32, shape: [1, 2])]
    let metadata: [String: String] = [:]

    var placement: Placement {
        Placement(
            device: candidate.device.description, provider: "Fake", precision: candidate.precision.rawValue)
    }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        try await world.answer(candidate.device.description)
    }
}
