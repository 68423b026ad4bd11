import FoveaCore
import FoveaEngine

/// What the tests of the residency share: models, and events in short.
enum Residencies {
    static let start = ContinuousClock.now
    static let clip = ModelID(.clip, .visual, name: "clip")
    static let text = ModelID(.clip, .textual, name: "clip")
    static let faces = ModelID(.facialRecognition, .recognition, name: "faces")
    static let ocr = ModelID(.ocr, .recognition, name: "ocr")

    /// With a budget of 100 bytes.
    static func budgeted(
        keepAlways: @escaping @Sendable (ModelID) -> Bool = { _ in false }
    ) -> ModelResidency {
        ModelResidency(timeToLive: .seconds(300), memoryBudget: 100, keepAlways: keepAlways)
    }
}

extension ModelResidency {
    /// Loads a model, and uses it until `end` seconds after the start: its last
    /// use. Still in use where there is no end.
    mutating func use(_ id: ModelID, bytes: Int = 0, until end: Int? = nil) {
        let now = Residencies.start + .seconds(end ?? 0)
        if case .load = request(id, bytes: bytes, at: now) { loaded(id, at: now) }
        if end != nil { _ = release(id, at: now) }
    }

    /// The ticket of a request that has to wait.
    mutating func ticket(_ id: ModelID, bytes: Int = 0, isPreload: Bool = false) -> Ticket? {
        guard case .wait(let ticket) = request(id, bytes: bytes, isPreload: isPreload, at: Residencies.start)
        else { return nil }
        return ticket
    }
}

/// Admissions as text: `load clip/clip/visual evicting [ocr/ocr/recognition]`.
func described(_ admissions: [ModelResidency.Admission]) -> [String] {
    admissions.map { admission in
        switch admission.decision {
        case .share: "share \(admission.model)"
        case .load(let victims): "load \(admission.model) evicting \(victims)"
        case .refuse: "refuse \(admission.model)"
        case .wait: "wait"
        }
    }
}
