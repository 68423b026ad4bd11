package import FoveaCore

extension ProbabilityMap {
    /// Finds the lines of text in the map of a differentiable-binarisation
    /// detector (Liao et al., "Real-time scene text detection with
    /// differentiable binarization", 2020), in the way and with the constants
    /// of PP-OCR.
    ///
    /// - Parameters:
    ///   - minScore: lines whose mean probability is less are dropped.
    ///   - image: size of the picture that the map shows.
    /// - Returns: the lines in no particular order, their corners in whole
    ///   pixels of the picture, top-left, top-right, bottom-right, bottom-left.
    package func textLines(minScore: Float, in image: ImageSize) -> [DetectedText] {
        bitmap(above: Constants.threshold).dilated().contours(limit: Constants.maxContours)
            .compactMap { contour in
                guard let rectangle = RotatedRectangle(around: contour),
                    rectangle.shortSide >= Constants.minShortSide
                else { return nil }
                let score = mean(inside: rectangle.corners)
                // Written so that a score that is not a number is dropped, too.
                guard score >= minScore, score.isFinite else { return nil }
                let grown = rectangle.enlarged(by: rectangle.textMargin)
                guard grown.shortSide >= Constants.minGrownShortSide,
                    let corners = corners(of: grown, in: image)
                else { return nil }
                return DetectedText(corners: corners, score: score)
            }
    }

    private enum Constants {
        static let threshold: Float = 0.3
        static let maxContours = 1000
        /// Pixels of the map, before and after enlarging.
        static let minShortSide: Float = 3
        static let minGrownShortSide: Float = 5
        /// Pixels of the picture: a box must have more.
        static let minEdge = 3.0
    }

    /// The corners in the picture; `nil` where too little is left.
    private func corners(of rectangle: RotatedRectangle, in image: ImageSize) -> [Point]? {
        let (right, bottom) = (Float(image.width - 1), Float(image.height - 1))
        func scaled(_ value: Float, _ length: Int, _ imageLength: Int) -> Float {
            (value / Float(length) * Float(imageLength)).rounded(.toNearestOrEven)
        }
        let corners = rectangle.corners.map { corner in
            Point(
                x: min(max(scaled(corner.x, width, image.width), 0), Float(image.width)),
                y: min(max(scaled(corner.y, height, image.height), 0), Float(image.height)))
        }
        let ordered = corners.inTextOrder().map { Point(x: min($0.x, right), y: min($0.y, bottom)) }
        func edge(_ a: Int, _ b: Int) -> Double {
            let (dx, dy) = (Double(ordered[a].x - ordered[b].x), Double(ordered[a].y - ordered[b].y))
            return (dx * dx + dy * dy).squareRoot().rounded(.down)
        }
        guard edge(0, 1) > Constants.minEdge, edge(0, 3) > Constants.minEdge else { return nil }
        return ordered
    }
}

extension RotatedRectangle {
    /// How much larger than the detector's shrunken line the text is, on both
    /// axes: the model was trained on outlines moved inwards by area · ratio /
    /// perimeter, and 1.6 brings them out again on both sides.
    fileprivate var textMargin: Double {
        let (width, height) = (Double(width), Double(height))
        return width + height > 0 ? width * height * 1.6 / (width + height) : 0
    }
}

extension [Point] {
    /// Four corners as top-left, top-right, bottom-right, bottom-left: the two
    /// leftmost, upper first, are the left ones.
    package func inTextOrder() -> [Point] {
        guard count == 4 else { return self }
        // Two sorts that keep the order of equals, as `sorted` does.
        let byColumn = sorted { $0.x < $1.x }
        let left = byColumn[..<2].sorted { $0.y < $1.y }
        let right = byColumn[2...].sorted { $0.y < $1.y }
        return [left[0], right[0], right[1], left[1]]
    }
}
