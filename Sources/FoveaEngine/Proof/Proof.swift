public import FoveaCore
public import Foundation

/// What came of comparing a model's answers on a device with the processor's.
public struct Proof: Sendable, Hashable, Codable {
    public var model: ModelID
    public var placement: Placement
    /// The engine and its version: `ONNX Runtime 1.31.1`.
    public var engine: String
    /// Version of the device's driver; empty where it is not known.
    public var driver: String
    public var measure: ProofMeasure
    /// The lowest value over all that was compared; 0 where an answer was no
    /// number or had the wrong form.
    public var value: Double
    /// The mean over all that was compared; `nil` in what earlier versions kept.
    public var mean: Double?
    /// What was wrong, where it did not pass; for people.
    public var remark: String?
    /// Seconds of a step on the device, and on the processor, with what is done
    /// around the graph.
    public var seconds: Double
    public var referenceSeconds: Double
    /// Operators that each execution provider took.
    public var operators: [String: Int]
    public var date: Date
    /// Bytes of the graph and its weights, and of the original's, where it is a
    /// quantised copy.
    public var graphBytes: Int?
    public var referenceGraphBytes: Int?

    /// What it has to reach: ``ProofMeasure/gate``, and more for a quantised copy.
    ///
    /// What rounding does differs from picture to picture far more than what
    /// another device does, and few are compared: a copy that reached 0.9994 on
    /// these was at 0.9982 for the worst of 29 others.
    public var gate: Double {
        measure == .cosine && placement.precision == Precision.int8.rawValue ? 0.9995 : measure.gate
    }

    /// Whether the device may be used for the model.
    public var passed: Bool { remark == nil && value >= gate }

    /// Whether it is worth having where nobody asked for it: by a fifth at least,
    /// because another engine takes memory of its own, and measurements sway.
    public var isFaster: Bool { seconds < 0.8 * referenceSeconds }

    /// Whether it is not worth having even where somebody asked for it to save
    /// time and memory: by a tenth at least, as measurements sway.
    public var isSlower: Bool { seconds > 1.1 * referenceSeconds }

    /// For people: `cosine 0.99987, at least 0.999 is needed`.
    public var explanation: String {
        if let remark { return remark }
        let figure = measure == .texts ? "\(value)" : String(format: "%.5f", value)
        return passed
            ? "\(measure.rawValue) \(figure)"
            : "its answers differ from the processor's: \(measure.rawValue) \(figure), at least \(gate) is needed"
    }

    /// The comparisons whose outcome is kept, of models that may be gone by now.
    ///
    /// - Parameter folder: ``DeviceSet/proofFolder``.
    public static func kept(in folder: URL) -> [Proof] { ProofStore(folder: folder).all }
}
