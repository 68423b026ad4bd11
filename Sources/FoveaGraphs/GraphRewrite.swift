import FoveaCore

/// A change to a graph that leaves its answers as they are.
public enum GraphRewrite: String, Sendable, Hashable, CaseIterable {
    /// Text detection with a second input, `mask`, that says where on its
    /// canvas the picture is: see ``MaskedDetection``.
    case mask
    /// As many pictures or texts at once as one likes, for a graph that was
    /// made for one: see ``FreeBatch``.
    case batch

    /// What it is called in the names of files: another one for each version
    /// that writes another graph.
    public var name: String {
        switch self {
        case .mask: "mask-1"
        case .batch: "batch-1"
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
    /// - Throws: ``FoveaError/Code/modelInvalid`` where the graph cannot be read.
    package func apply(to model: inout ModelProto) throws -> Outcome {
        var changed = model
        do {
            switch self {
            case .mask: try MaskedDetection.rewrite(&changed)
            case .batch: try FreeBatch.rewrite(&changed)
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
