import FoveaBackends
import FoveaBench
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer
import Foundation

/// Finds out in seconds how fast this machine runs image towers.
///
/// What one takes here is compared with Immich's figure for it, and the others
/// are taken to be as many times slower or faster. Small towers do not keep a
/// large accelerator busy, and may be slower than said here.
struct SpeedProbe {
    let settings: Settings
    let machine: Machine

    /// - Throws: `FoveaError` if nothing runs, not even on the processor.
    func measure() async throws -> SpeedEstimate {
        let device = machine.usable(settings).first ?? .cpu
        // Opening an accelerator may compile for a minute: what is known of it will do.
        if let kept = kept(on: device) { return kept }
        if device != .cpu, runsGraphs(device) {
            do {
                return try await measure(on: device)
            } catch let error as CancellationError {
                throw error
            } catch {
                var estimate = try await measure(on: .cpu)
                let reason = (error as? FoveaError)?.message ?? "\(error)"
                estimate.origin += "; \(device) could not be measured (\(reason))"
                return estimate
            }
        }
        var estimate = try await measure(on: .cpu)
        if device != .cpu { estimate.origin += "; \(device) was not: it runs only what was made for it" }
        return estimate
    }

    /// Whether any ONNX graph can be given to it.
    private func runsGraphs(_ device: Device) -> Bool { device.kind != .armnn && device.kind != .rknn }

    /// From the comparison with the processor, which is made when a model is
    /// first used on a device.
    private func kept(on device: Device) -> SpeedEstimate? {
        guard device != .cpu else { return nil }
        let known = Proof.kept(in: settings.proofFolder).filter {
            $0.passed && $0.placement.device == device.description && $0.model.type == .visual
        }.compactMap { proof in
            Catalogue.model(.clip, named: proof.model.name)?.milliseconds.map { (proof, $0 / 1000) }
        }
        // The largest fills the device best.
        guard let (proof, published) = known.max(by: { $0.1 < $1.1 }) else { return nil }
        return SpeedEstimate(
            slowness: proof.seconds / published, device: device.description,
            origin: "\(proof.model.name), as it ran on \(device) when it was first used there")
    }

    private func measure(on device: Device) async throws -> SpeedEstimate {
        // Nothing is kept of what is opened here only to be timed.
        var settings = settings
        settings.packsWeights = false
        let precision = device == .cpu ? Precision.fp32 : settings.accelerators.precision(of: device)
        let backend = try WorkerDevices(own: device, settings: settings, machine: machine, logger: .quiet)
            .open(Candidate(device, precision))
        if let (model, known) = try smallestInstalled(), let size = known.pictureSize,
            let milliseconds = known.milliseconds
        {
            let session = try await backend.open(model.graph)
            let seconds = try await SessionTiming.median(of: session, [Self.zeros([1, 3, size, size])])
            return SpeedEstimate(
                slowness: seconds * 1000 / milliseconds, device: device.description,
                origin: "\(known.name), timed on \(device) just now")
        }
        let file = FileManager.default.temporaryDirectory.appending(
            component: "fovea-calibration-\(UUID().uuidString).onnx")
        try CalibrationGraph.model.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let session = try await backend.open(file)
        let seconds = try await SessionTiming.median(of: session, [Self.zeros(CalibrationGraph.inputShape)])
        return SpeedEstimate(
            slowness: seconds * 1000 / CalibrationGraph.milliseconds,
            device: device.description, origin: "products of matrices, timed on \(device) just now")
    }

    /// The image tower that is timed soonest.
    private func smallestInstalled() throws -> (InstalledModel, CatalogueModel)? {
        try settings.modelStore.installed().filter { $0.id.task == .clip && $0.id.type == .visual }
            .compactMap { model in Catalogue.model(.clip, named: model.id.name).map { (model, $0) } }
            .filter { $0.1.milliseconds != nil }
            .min { ($0.1.milliseconds ?? .infinity) < ($1.1.milliseconds ?? .infinity) }
    }

    private static func zeros(_ shape: [Int]) -> Tensor {
        Tensor(shape: shape) { (values: UnsafeMutableBufferPointer<Float>) in
            values.initialize(repeating: 0)
        }
    }
}
