/// Where a model should run, and what becomes of it where it cannot.
public struct PlacementPlan: Sendable, Hashable {
    /// Best first. Without a ``Candidate/reference`` among them, the model
    /// does not run at all where none of them can.
    public var candidates: [Candidate]
    /// Whether devices are trusted that are known to give wrong answers with
    /// this model. They are still compared with the processor.
    public var allowsKnownBad: Bool

    /// - Parameter fallsBack: whether the processor comes last.
    public init(_ candidates: [Candidate], fallsBack: Bool = true, allowsKnownBad: Bool = false) {
        self.candidates = candidates
        self.allowsKnownBad = allowsKnownBad
        if fallsBack, !candidates.contains(.reference) { self.candidates.append(.reference) }
    }

    /// On the processor, where every model can run.
    public static let reference = PlacementPlan([.reference])
}
