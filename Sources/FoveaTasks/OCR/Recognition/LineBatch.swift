package import FoveaBackends
package import FoveaCore
import FoveaImaging

/// Lines that are read in one run, on canvases of the same size.
package struct LineBatch: Sendable {
    package let canvas: ImageSize
    /// Each line's place in the caller's list, and its crop.
    package private(set) var lines: [(line: Int, crop: LineCrop)]

    /// Puts lines together from the narrowest to the widest.
    ///
    /// Where the graph takes any width, only lines on equally wide canvases
    /// share a run: how much grey follows a line changes its probabilities a
    /// little and, at times, a letter, and a line's text must not depend on
    /// its neighbours.
    ///
    /// Where each new shape costs a compilation, lines go to the next width of
    /// ``compiledWidths``, in runs as large as can be and then one by one: two
    /// shapes a width.
    ///
    /// - Parameters:
    ///   - crops: `nil` for lines that cannot be read.
    ///   - maxSize: lines in a batch, at most; the graph may set a lower limit.
    ///   - shapes: what another shape costs the graph.
    package static func batches(
        of crops: [LineCrop?], for input: PictureInput, maxSize: Int, shapes: ShapeSupport
    ) -> [LineBatch] {
        let limit = limit(of: input, maxSize: maxSize)
        let height = input.height ?? Sizes.height
        let sorted = crops.enumerated()
            .compactMap { line, crop in crop.map { (line: line, crop: $0) } }
            .sorted { $0.crop.ratio < $1.crop.ratio }
        var batches: [LineBatch] = []
        for entry in sorted {
            let width = input.width ?? canvasWidth(for: entry.crop.ratio, height: height, shapes: shapes)
            if let last = batches.last, last.canvas.width == width, last.lines.count < limit {
                batches[batches.count - 1].lines.append(entry)
            } else {
                batches.append(LineBatch(canvas: ImageSize(width: width, height: height), lines: [entry]))
            }
        }
        guard shapes == .few, input.batch == nil else { return batches }
        return batches.flatMap { batch in
            batch.lines.count == limit
                ? [batch] : batch.lines.map { LineBatch(canvas: batch.canvas, lines: [$0]) }
        }
    }

    /// Canvases and how many of them make a run, for each shape that lines are
    /// read in where each new one costs a compilation.
    package static func compiledShapes(
        of input: PictureInput, maxSize: Int
    ) -> [(canvas: ImageSize, count: Int)] {
        let height = input.height ?? Sizes.height
        let limit = limit(of: input, maxSize: maxSize)
        let counts = input.batch.map { [$0] } ?? (limit == 1 ? [1] : [1, limit])
        return (input.width.map { [$0] } ?? compiledWidths).flatMap { width in
            counts.map { (ImageSize(width: width, height: height), $0) }
        }
    }

    private static func limit(of input: PictureInput, maxSize: Int) -> Int {
        max(1, min(maxSize, input.batch ?? .max))
    }

    /// The lines' pictures as high as the canvas and at most as wide. Leaves
    /// out lines whose corners span no area.
    package func pictures(from image: PixelImage) -> [(line: Int, picture: PixelImage)] {
        lines.compactMap { line, crop in
            guard let pixels = crop.pixels(of: image) else { return nil }
            let ratio = Double(pixels.width) / Double(pixels.height)
            let width = min((Double(canvas.height) * ratio).rounded(.up), Double(canvas.width))
            let size = ImageSize(width: max(1, Int(width)), height: canvas.height)
            return (line, pixels.resizedBilinear(to: size))
        }
    }

    private enum Sizes {
        static let height = 48
        static let width = 224.0...2048.0
        /// The model reads a line better with some room behind it.
        static let room = 1.25
    }

    /// The canvases' widths where each new one costs a compilation.
    package static let compiledWidths = [224, 320, 448, 640, 1280, 2048]

    private static func canvasWidth(for ratio: Double, height: Int, shapes: ShapeSupport) -> Int {
        let best = (Sizes.room * (Double(height) * ratio).rounded(.down)).rounded(.up)
        let width = Int(min(max(best, Sizes.width.lowerBound), Sizes.width.upperBound))
        guard shapes == .few else { return width }
        return compiledWidths.first { $0 >= width } ?? width
    }
}
