import FoveaCore

extension Tensor {
    /// The tensor's numbers as `count` rows of the same length.
    ///
    /// - Parameter model: what the model is, for the error.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if they do not make that many
    ///   rows, ``FoveaError/Code/engineFailed`` if one is not finite.
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
        // An answer that is no answer would spoil an index for good.
        guard values.allSatisfy(\.isFinite) else {
            throw FoveaError(
                .engineFailed,
                """
                The \(model) model answered with values that are no numbers. Its file or the device it runs on \
                is at fault: check the file, or run it on the CPU.
                """)
        }
        let length = values.count / count
        return (0..<count).map { Array(values[$0 * length..<($0 + 1) * length]) }
    }
}
