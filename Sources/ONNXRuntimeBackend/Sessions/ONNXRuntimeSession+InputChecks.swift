import FoveaBackends
import FoveaCore

extension ONNXRuntimeSession {
    /// Compares inputs with what the graph declares, so that a mistake is
    /// named before it reaches native code.
    ///
    /// - Throws: ``FoveaError/Code/engineFailed`` naming the input.
    func checkInputs(_ tensors: [Tensor]) throws {
        guard tensors.count == inputs.count else {
            let names = inputs.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw FoveaError(
                .engineFailed,
                "The model \(path) takes \(inputs.count) inputs (\(names)), but was given \(tensors.count).")
        }
        for (tensor, info) in zip(tensors, inputs) {
            guard tensor.elementType == info.elementType else {
                throw mismatch(info, "\(info.elementType.rawValue)", "\(tensor.elementType.rawValue)")
            }
            guard info.accepts(tensor.shape) else {
                let shape = info.shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", ")
                throw mismatch(info, "the shape [\(shape)]", "\(tensor.shape)")
            }
        }
    }

    private func mismatch(_ info: TensorInfo, _ expected: String, _ given: String) -> FoveaError {
        FoveaError(
            .engineFailed,
            "The model \(path) wants \(expected) for its input \"\(info.name)\", but was given \(given).")
    }
}

extension TensorInfo {
    /// Whether a tensor of this shape can be this input. A declaration
    /// without dimensions means a scalar or says nothing, so it accepts all.
    fileprivate func accepts(_ lengths: [Int]) -> Bool {
        guard !shape.isEmpty else { return true }
        return lengths.count == shape.count
            && zip(lengths, shape).allSatisfy { given, declared in declared == nil || declared == given }
    }
}
