/// How the answers of two devices are compared.
public enum ProofMeasure: String, Sendable, Hashable, Codable, CaseIterable {
    /// Lowest cosine of two embeddings of the same thing.
    case cosine
    /// Lowest overlap of two boxes, area of the intersection by that of the
    /// union; 0 where one of them is missing.
    case iou
    /// Share of lines that read the same.
    case texts

    /// What a device has to reach to be trusted: below, answers of two devices
    /// could not stand in one index. Neighbours in a library of photos are
    /// further apart than this by an order of magnitude (Immich calls pictures
    /// duplicates up to a cosine distance of 0.01).
    public var gate: Double {
        switch self {
        case .cosine: 0.999
        case .iou: 0.98
        case .texts: 1
        }
    }
}
