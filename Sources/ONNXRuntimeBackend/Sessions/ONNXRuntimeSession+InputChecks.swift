import FoveaBackends
import FoveaCore

extension ONNXRuntimeSession {
    /// Compares inputs with what the graph declares.
    ///
    /// - Throws: ``FoveaError/Code/engineFailed`` naming the input.
    func checkInputs(_ tensors: [Tensor]) throws {
        try inputs.check(tensors, for: path) { $0.accepts($1) }
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
