import FoveaCore

/// A change to a graph that leaves its answers as they are, or as near as
/// whoever uses it finds near enough.
public enum GraphRewrite: String, Sendable, Hashable, CaseIterable {
    /// Text detection with a second input, `mask`, that says where on its
    /// canvas the picture is: see ``MaskedDetection``.
    case mask
    /// As many pictures or texts at once as one likes, for a graph that was
    /// made for one: see ``FreeBatch``.
    case batch
    /// Matrix products in bytes: see ``QuantizedProducts``.
    case int8
    /// The same with weights of seven bits, for processors that add up two
    /// products of bytes in 16 bits: 2 · 255 · 64 is the most that fits. Such
    /// are those with AVX2 and AVX-512 but without VNNI.
    case int8Narrow

    /// What it is called in the names of files: another one for each version
    /// that writes another graph.
    public var name: String {
        switch self {
        case .mask: "mask-1"
        case .batch: "batch-1"
        case .int8: "int8-1"
        case .int8Narrow: "int8n-1"
        }
    }

    /// What came of it.
    public enum Outcome: Sendable, Hashable {
        case rewritten
        /// The graph has something that the rules do not cover; `reason` is a
        /// clause for people.
        case declined(reason: String)
    }

    /// Changes a model, where its rules cover all of it.
    ///
    /// - Parameter folders: where weights are; needed by those that change such.
    /// - Throws: ``FoveaError/Code/modelInvalid`` where the graph cannot be read;
    ///   what writing weights throws.
    package func apply(to model: inout ModelProto, _ folders: QuantizedProducts.Folders? = nil) throws
        -> Outcome
    {
        var changed = model
        do {
            switch self {
            case .mask: try MaskedDetection.rewrite(&changed)
            case .batch: try FreeBatch.rewrite(&changed)
            case .int8, .int8Narrow:
                guard let folders else { throw Declined("there is no place for its weights") }
                try QuantizedProducts.rewrite(&changed, range: self == .int8 ? 127 : 64, folders)
            }
        } catch let declined as Declined {
            return .declined(reason: declined.reason)
        }
        model = changed
        return .rewritten
    }
}

/// Why a rewrite leaves a graph alone.
struct Declined: Error {
    /// A clause for people.
    let reason: String

    init(_ reason: String) { self.reason = reason }

    init(_ node: NodeProto, _ reason: String) {
        self.reason = "\(node.type) giving \(node.outputs.first ?? "nothing") \(reason)"
    }
}
