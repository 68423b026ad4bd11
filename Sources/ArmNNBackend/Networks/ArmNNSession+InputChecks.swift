import FoveaBackends
import FoveaCore

extension ArmNNSession {
    /// Compares inputs with what the network declares. The native call knows
    /// addresses only and would read past the end of what is too small.
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
                throw mismatch(info, info.elementType.rawValue, tensor.elementType.rawValue)
            }
            guard tensor.shape.map(Optional.some) == info.shape else {
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
