package import FoveaCore

extension ProbabilityMap {
    /// The part of a detector's output that shows the picture.
    ///
    /// - Parameter output: `[1, 1, height, width]`, with any number of leading
    ///   ones; usually, but not necessarily, as large as the graph's input.
    /// - Throws: ``FoveaError/Code/modelInvalid`` for any other output.
    package init(_ output: Tensor, on canvas: DetectionCanvas) throws {
        let shape = output.shape
        guard shape.count >= 2, shape.dropLast(2).allSatisfy({ $0 == 1 }),
            shape.suffix(2).allSatisfy({ $0 > 0 })
        else {
            throw FoveaError(
                .modelInvalid,
                """
                The text detection model gave the shape \(shape) instead of one map [1, 1, height, width]: \
                install the model.onnx that belongs to it.
                """)
        }
        let values = try output.floats()
        let (fullWidth, fullHeight) = (shape[shape.count - 1], shape[shape.count - 2])
        let width = Self.part(of: fullWidth, canvas.content.width, canvas.size.width)
        let height = Self.part(of: fullHeight, canvas.content.height, canvas.size.height)
        if width == fullWidth {
            self.init(width: width, height: height, values: Array(values.prefix(width * height)))
        } else {
            let rows = (0..<height).map { values[($0 * fullWidth)..<($0 * fullWidth + width)] }
            self.init(width: width, height: height, values: Array(rows.joined()))
        }
    }

    private static func part(of length: Int, _ content: Int, _ canvas: Int) -> Int {
        content == canvas
            ? length : max(1, Int((Double(length) * Double(content) / Double(canvas)).rounded()))
    }
}
