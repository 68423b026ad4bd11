import CPixelKernels
package import FoveaBackends
package import FoveaCore

/// How a graph wants its pictures: element type, layout, and the lengths it
/// fixes.
package struct PictureInput: Sendable, Hashable {
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

    /// - Parameter model: what the model is, for the error.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the inputs are not one
    ///   batch of colour pictures.
    package init(_ inputs: [TensorInfo], of model: String) throws {
        func refused(_ reason: String) -> FoveaError {
            FoveaError(
                .modelInvalid, "The \(model) model \(reason): install the model.onnx that belongs to it.")
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
        guard shape.count == 4, shape.compactMap({ $0 }).allSatisfy({ 1...65_536 ~= $0 }),
            (isInterleaved ? shape[3] : shape[1]) ?? 3 == 3
        else {
            throw refused("does not take a batch of colour pictures but \(input.description)")
        }
        elementType = input.elementType
        layout = isInterleaved ? .interleaved : .planar
        batch = shape[0]
        height = isInterleaved ? shape[1] : shape[2]
        width = isInterleaved ? shape[2] : shape[3]
    }

    /// - Parameter model: what the model is, for the error.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the graph fixes a height
    ///   or a width, and it is another than `side`.
    package func check(side: Int, of model: String) throws {
        guard (height ?? side, width ?? side) == (side, side) else {
            func length(_ fixed: Int?) -> String { fixed.map(String.init) ?? "any" }
            throw FoveaError(
                .modelInvalid,
                """
                The \(model) model takes pictures of width \(length(width)) and height \(length(height)) instead \
                of \(side) each: install the files that belong together.
                """)
        }
    }

    /// The graph's input for some pictures, each in the upper left corner of
    /// its own canvas.
    ///
    /// - Parameters:
    ///   - pictures: none larger than the canvas.
    ///   - count: how many canvases to make; those without a picture hold
    ///     padding only.
    ///   - scale: what a byte becomes in a graph on floats. Graphs on bytes
    ///     normalise their own input.
    package func tensor(
        _ pictures: [PixelImage], canvas: ImageSize, count: Int, scale: PixelScale
    ) -> Tensor {
        switch elementType {
        case .uint8:
            let identity = (0...255).map { UInt8($0) }
            return tensor(
                pictures, canvas, count, scale.order, padding: scale.paddingByte,
                write: lookUp([identity, identity, identity]))
        case .float16:
            return tensor(
                pictures, canvas, count, scale.order, padding: Float16(scale.padding),
                write: lookUp(scale.tables.map { $0.map { Float16($0) } }))
        default:
            return tensor(
                pictures, canvas, count, scale.order, padding: scale.padding,
                write: layout == .planar ? compute(scale) : lookUp(scale.tables))
        }
    }

    /// Writes one channel of a row of `count` pixels, from the channel's first byte on.
    private typealias Writer<Element> = (
        _ channel: Int, _ pixels: UnsafePointer<UInt8>, _ count: Int, _ output: UnsafeMutablePointer<Element>
    ) -> Void

    /// - Parameter tables: what each byte becomes, in the order of the channels.
    private func lookUp<Element: TensorElement>(_ tables: [[Element]]) -> Writer<Element> {
        let step = layout == .planar ? 1 : PixelImage.channels
        return { channel, pixels, count, output in
            tables[channel].withUnsafeBufferPointer { table in
                for x in 0..<count {
                    output[x * step] = table[Int(pixels[x * PixelImage.channels])]
                }
            }
        }
    }

    /// For planes.
    private func compute(_ scale: PixelScale) -> Writer<Float> {
        guard let formulas = scale.formulas else { return lookUp(scale.tables) }
        return { channel, pixels, count, output in
            let formula = formulas[channel]
            fovea_scale_channel(pixels, count, formula.divisor, formula.factor, formula.offset, output)
        }
    }

    private func tensor<Element: TensorElement>(
        _ pictures: [PixelImage], _ canvas: ImageSize, _ count: Int, _ order: PixelScale.ChannelOrder,
        padding: Element, write: Writer<Element>
    ) -> Tensor {
        let plane = canvas.width * canvas.height
        let (pixelStep, channelStep) = layout == .planar ? (1, plane) : (3, 1)
        return Tensor(shape: shape(count: count, canvas: canvas)) {
            (elements: UnsafeMutableBufferPointer<Element>) in
            let isFull =
                pictures.count == count
                && pictures.allSatisfy { $0.width == canvas.width && $0.height == canvas.height }
            if !isFull { elements.initialize(repeating: padding) }
            guard let target = elements.baseAddress else { return }
            for (index, picture) in pictures.enumerated() {
                precondition(picture.width <= canvas.width && picture.height <= canvas.height)
                picture.pixels.withUnsafeBufferPointer { pixels in
                    guard let source = pixels.baseAddress else { return }
                    for y in 0..<picture.height {
                        for (channel, offset) in order.offsets.enumerated() {
                            write(
                                channel, source + y * picture.width * PixelImage.channels + offset,
                                picture.width,
                                target + index * plane * PixelImage.channels + y * canvas.width * pixelStep
                                    + channel * channelStep)
                        }
                    }
                }
            }
        }
    }
}
