import FoveaBackends
import FoveaCore

/// What a loaded model takes and gives.
struct GraphSignature: Sendable {
    /// One combination of shapes that the model was converted for.
    struct Rung: Sendable {
        var inputs: [InputPort]
        var outputs: [OutputPort]
    }

    /// At least one.
    let rungs: [Rung]
    /// Whether the runtime has to be told which rung a run is for.
    let choosesShapes: Bool
    let metadata: [String: String]
    /// What the NPU computes in: `fp16`, `bf16`, `int8`.
    let precision: String
    let inputs: [TensorInfo]
    let outputs: [TensorInfo]

    init(rungs: [Rung], choosesShapes: Bool, metadata: [String: String], precision: String) {
        self.rungs = rungs
        self.choosesShapes = choosesShapes
        self.metadata = metadata
        self.precision = precision
        inputs = Self.merged(rungs.map { $0.inputs.map { ($0.attributes.name, $0.elementType, $0.shape) } })
        outputs = Self.merged(rungs.map { $0.outputs.map { ($0.name, $0.elementType, $0.shape) } })
    }

    /// Lengths that are the same in all rungs are fixed, the others open.
    private static func merged(_ rungs: [[(name: String, type: ElementType, shape: [Int])]]) -> [TensorInfo] {
        guard let first = rungs.first else { return [] }
        return first.enumerated().map { port, info in
            let shape = info.shape.enumerated().map { axis, length in
                rungs.allSatisfy { $0[port].shape.count > axis && $0[port].shape[axis] == length }
                    ? length : nil
            }
            return TensorInfo(name: info.name, elementType: info.type, shape: shape)
        }
    }

    /// Finds the rung that tensors are for.
    ///
    /// - Throws: ``FoveaError/Code/engineFailed`` naming the input that does
    ///   not fit.
    func rung(for tensors: [Tensor], path: String) throws -> Int {
        try inputs.check(tensors, for: path) { _, _ in true }
        let shapes = tensors.map(\.shape)
        if let rung = rungs.firstIndex(where: { $0.inputs.map(\.shape) == shapes }) { return rung }
        let wanted = rungs.map { rung in rung.inputs.map { "\($0.shape)" }.joined(separator: ", ") }
        throw FoveaError(
            .engineFailed,
            """
            The model \(path) was converted for inputs of the shape \(wanted.joined(separator: " or ")), but was \
            given \(shapes.map { "\($0)" }.joined(separator: ", ")).
            """)
    }
}
