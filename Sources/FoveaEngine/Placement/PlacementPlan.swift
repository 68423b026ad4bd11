/// Where a model should run, and what becomes of it where it cannot.
public struct PlacementPlan: Sendable, Hashable {
    /// Best first. Without a ``Candidate/reference`` among them, the model
    /// does not run at all where none of them can.
    public var candidates: [Candidate]
    /// Whether devices are trusted that are known to give wrong answers with
    /// this model. They are still compared with the processor.
    public var allowsKnownBad: Bool

    /// Whether nobody asked for the candidates: one is used where it answers
    /// sooner than the processor, and that is nothing to be told of.
    public var isFreeChoice: Bool

    /// - Parameter fallsBack: whether the processor comes last.
    public init(
        _ candidates: [Candidate], fallsBack: Bool = true, allowsKnownBad: Bool = false,
        isFreeChoice: Bool = false
    ) {
        self.candidates = candidates
        self.allowsKnownBad = allowsKnownBad
        self.isFreeChoice = isFreeChoice
        if fallsBack, !candidates.contains(.reference) { self.candidates.append(.reference) }
    }

    /// The candidate that a model should run on and does not, where it runs on
    /// the one with that index.
    ///
    /// A model that is not quantised on its own device is not elsewhere.
    func wanted(insteadOf index: Int) -> Candidate? {
        isFreeChoice || candidates[index].device == candidates[0].device ? nil : candidates[0]
    }

    /// Whether a candidate that gives the right answers gives them soon enough.
    ///
    /// A quantised copy also takes less memory: it has to be no slower.
    func accepts(_ proof: Proof, of candidate: Candidate) -> Bool {
        if candidate == .quantized { return !proof.isSlower }
        return !isFreeChoice || proof.isFaster
    }

    /// On the processor, where every model can run.
    public static let reference = PlacementPlan([.reference])
}
