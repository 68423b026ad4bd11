import FoveaCore

extension Tensor {
    /// The tensor's numbers as `count` rows of the same length.
    ///
    /// - Parameter model: what the model is, for the error.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if they do not make that many rows.
    package func rows(_ count: Int, of model: String) throws -> [[Float]] {
        let values = try floats()
        guard count > 0, !values.isEmpty, values.count % count == 0 else {
            throw FoveaError(
                .modelInvalid,
                """
                The \(model) model answered with the shape \(shape) for \(count) inputs: install the model.onnx \
                that belongs to it.
                """)
        }
        let length = values.count / count
        return (0..<count).map { Array(values[$0 * length..<($0 + 1) * length]) }
    }
}
