import FoveaCore
import Foundation

/// A pairing of models and devices that users have found to crash or to give
/// wrong answers, so that it is not even tried.
struct KnownBad: Sendable {
    /// Patterns for `task/name/type`, one of which fits.
    var models: [String]
    /// A pattern for the device's name: `openvino:GPU*`.
    var devices: String
    /// A pattern for what the hardware is called, where it matters.
    var hardware: String = "*"
    /// A pattern for the engine and its version, where it matters.
    var engine: String = "*"
    var precision: Precision?
    /// What happens, as a clause.
    var reason: String
    /// Where it was reported.
    var source: String

    func concerns(_ model: ModelID, on candidate: Candidate, _ facts: DeviceFacts, engine: String) -> Bool {
        (precision == nil || precision == candidate.precision)
            && models.contains { fnmatch($0, model.description, 0) == 0 }
            && fnmatch(devices, candidate.device.description, 0) == 0
            && fnmatch(hardware, facts.hardware, 0) == 0
            && fnmatch(self.engine, engine, 0) == 0
    }
}

extension KnownBad {
    /// What is reported by users and does harm before a comparison could find
    /// it, or that a comparison of a few pictures would miss. What it does
    /// find need not be here.
    static let list = [
        KnownBad(
            models: ["ocr/*"], devices: "openvino:GPU*", precision: .fp16,
            reason: "text detection in fp16 has given infinite scores on Intel GPUs",
            source: "immich-app/immich#27941"),
        KnownBad(
            models: ["clip/*SO400M*", "clip/*gopt*", "clip/*ViT-H-*", "clip/*ViT-g-*"],
            devices: "openvino:GPU*", hardware: "*Arc*B5[78]0*",
            reason: "large CLIP models have run this GPU out of resources and left its driver unusable",
            source: "immich-app/immich#21190, #23458"),
    ]

    /// Why a model should not run there; `nil` if nothing is known against it.
    static func objection(
        to model: ModelID, on candidate: Candidate, _ facts: DeviceFacts, engine: String
    ) -> String? {
        list.first { $0.concerns(model, on: candidate, facts, engine: engine) }
            .map { "\($0.reason) (\($0.source); 'known-bad: allow' in fovea.yaml tries it all the same)" }
    }
}
