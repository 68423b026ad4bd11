package import FoveaBackends
package import FoveaCore

/// How a graph of the PP-OCR family wants its pictures.
///
/// The models were trained on blue, green, red. Graphs on floats are given
/// x / 127.5 − 1; graphs on bytes normalise their own input.
package struct OCRInput: Sendable, Hashable {
    package enum Layout: Sendable {
        /// `[batch, 3, height, width]`
        case planar
        /// `[batch, height, width, 3]`
        case interleaved
    }

    package let elementType: ElementType
    package let layout: Layout
    /// `nil` where the graph takes any number.
    package let batch, height, width: Int?

    /// - Throws: ``FoveaError/Code/modelInvalid`` if the inputs are not one
    ///   batch of colour pictures.
    package init(_ inputs: [TensorInfo], of model: String) throws {
        func refused(_ reason: String) -> FoveaError {
            FoveaError(
                .modelInvalid,
                "The \(model) model \(reason): install the model.onnx that belongs to it.")
        }
        guard let input = inputs.first, inputs.count == 1 else {
            throw refused("has \(inputs.count) inputs instead of one picture")
        }
        guard [.float32, .float16, .uint8].contains(input.elementType) else {
            throw refused("takes \(input.elementType.rawValue), not float or uint8 pictures")
        }
        let shape = input.shape
        let isInterleaved =
            shape.count == 4
            && (shape[3] == 3 && shape[1] != 3
                || shape[1] == nil && shape[3] == nil && input.elementType == .uint8)
        let sizes = shape.compactMap { $0 }
        guard shape.count == 4, sizes.allSatisfy({ 1...65_536 ~= $0 }),
            (isInterleaved ? shape[3] : shape[1]) ?? 3 == 3
        else {
            throw refused("does not take a batch of colour pictures but the shape \(input.description)")
        }
        elementType = input.elementType
        layout = isInterleaved ? .interleaved : .planar
        batch = shape[0]
        height = isInterleaved ? shape[1] : shape[2]
        width = isInterleaved ? shape[2] : shape[3]
    }

    /// The graph's input for some pictures, each in the upper left corner of
    /// its own canvas. The rest is middle grey: 0, or 127 in bytes.
    ///
    /// - Parameters:
    ///   - pictures: none larger than the canvas.
    ///   - count: how many canvases to make; those without a picture are grey.
    package func tensor(_ pictures: [PixelImage], canvas: ImageSize, count: Int) -> Tensor {
        switch elementType {
        case .uint8: tensor(pictures, canvas, count, padding: UInt8(127)) { $0 }
        case .float16: tensor(pictures, canvas, count, padding: Float16(0)) { Float16(Self.normalized($0)) }
        default: tensor(pictures, canvas, count, padding: Float(0), value: Self.normalized)
        }
    }

    private static func normalized(_ byte: UInt8) -> Float { Float(byte) / 127.5 - 1 }

    private func tensor<Element: TensorElement>(
        _ pictures: [PixelImage], _ canvas: ImageSize, _ count: Int, padding: Element,
        value: (UInt8) -> Element
    ) -> Tensor {
        let table = (0...255).map { value(UInt8($0)) }
        let plane = canvas.width * canvas.height
        let (pixelStep, channelStep) = layout == .planar ? (1, plane) : (3, 1)
        let shape =
            layout == .planar
            ? [count, 3, canvas.height, canvas.width] : [count, canvas.height, canvas.width, 3]
        return Tensor(shape: shape) { (elements: UnsafeMutableBufferPointer<Element>) in
            elements.initialize(repeating: padding)
            for (index, picture) in pictures.enumerated() {
                picture.pixels.withUnsafeBufferPointer { pixels in
                    for y in 0..<picture.height {
                        let row = index * plane * 3 + y * canvas.width * pixelStep
                        for channel in 0..<3 {
                            // Red, green, blue become blue, green, red.
                            var source = y * picture.width * 3 + 2 - channel
                            var target = row + channel * channelStep
                            for _ in 0..<picture.width {
                                elements[target] = table[Int(pixels[source])]
                                source += 3
                                target += pixelStep
                            }
                        }
                    }
                }
            }
        }
    }
}

extension TensorInfo {
    /// `float32[?, 3, 48, ?]`
    package var description: String {
        let lengths = shape.map { $0.map(String.init) ?? "?" }
        return "\(elementType.rawValue)[\(lengths.joined(separator: ", "))]"
    }
}
