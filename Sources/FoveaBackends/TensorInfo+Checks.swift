package import FoveaCore

extension [TensorInfo] {
    /// Compares tensors with what a model declares, so that a mistake is named
    /// before it reaches native code.
    ///
    /// - Parameters:
    ///   - path: the model's, for the error.
    ///   - accepts: whether an input takes a tensor of this shape.
    /// - Throws: ``FoveaError/Code/engineFailed`` naming the input.
    package func check(
        _ tensors: [Tensor], for path: String, accepting accepts: (TensorInfo, [Int]) -> Bool
    ) throws {
        guard tensors.count == count else {
            let names = map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw FoveaError(
                .engineFailed,
                "The model \(path) takes \(count) inputs (\(names)), but was given \(tensors.count).")
        }
        for (tensor, info) in zip(tensors, self) {
            guard tensor.elementType == info.elementType else {
                throw info.mismatch(path, info.elementType.rawValue, tensor.elementType.rawValue)
            }
            guard accepts(info, tensor.shape) else {
                let shape = info.shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", ")
                throw info.mismatch(path, "the shape [\(shape)]", "\(tensor.shape)")
            }
        }
    }
}

extension TensorInfo {
    fileprivate func mismatch(_ path: String, _ expected: String, _ given: String) -> FoveaError {
        FoveaError(
            .engineFailed,
            "The model \(path) wants \(expected) for its input \"\(name)\", but was given \(given).")
    }
}
