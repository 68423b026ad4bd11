package import FoveaCore

/// What the heads of an SCRFD model are, by their number.
///
/// Heads come grouped: a score for each stride, then a box for each, then,
/// where there are any, five landmarks for each.
///
/// | heads | strides | anchors a cell | landmarks |
/// |---|---|---|---|
/// | 6 | 8, 16, 32 | 2 | no |
/// | 9 | 8, 16, 32 | 2 | yes |
/// | 10 | 8 to 128 | 1 | no |
/// | 15 | 8 to 128 | 1 | yes |
package struct SCRFDLayout: Sendable, Hashable {
    package let strides: [Int]
    package let anchorsPerCell: Int
    package let hasLandmarks: Bool

    /// - Throws: ``FoveaError/Code/modelInvalid`` for any other number.
    package init(outputCount: Int) throws {
        switch outputCount {
        case 6, 9: (strides, anchorsPerCell) = ([8, 16, 32], 2)
        case 10, 15: (strides, anchorsPerCell) = ([8, 16, 32, 64, 128], 1)
        default:
            throw FoveaError(
                .modelInvalid,
                """
                The face detection model has \(outputCount) outputs; SCRFD models have 6, 9, 10 or 15. Install \
                the model.onnx that belongs to it.
                """)
        }
        hasLandmarks = outputCount == strides.count * 3
    }

    /// The anchors that score enough, as faces in pixels of the canvas, in the
    /// order of strides, rows, columns, anchors.
    ///
    /// - Parameter outputs: the heads; a head's rows are an anchor each, with
    ///   or without a leading batch axis.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if a head has not as many
    ///   rows as the canvas has anchors.
    package func faces(in outputs: [Tensor], canvas: ImageSize, minScore: Float) throws -> [DetectedFace] {
        let count = strides.count
        guard outputs.count == count * (hasLandmarks ? 3 : 2) else {
            throw FoveaError(
                .modelInvalid, "The face detection model answered with \(outputs.count) heads.")
        }
        var faces: [DetectedFace] = []
        for (index, stride) in strides.enumerated() {
            let columns = canvas.width / stride
            let anchors = columns * (canvas.height / stride) * anchorsPerCell
            let scores = try head(outputs[index], rows: anchors, length: 1)
            let boxes = try head(outputs[index + count], rows: anchors, length: 4)
            let points = try hasLandmarks ? head(outputs[index + 2 * count], rows: anchors, length: 10) : []
            for anchor in 0..<anchors where scores[anchor] >= minScore {
                let cell = anchor / anchorsPerCell
                let center = Point(x: Float(cell % columns * stride), y: Float(cell / columns * stride))
                let face = face(
                    anchor, around: center, stride: Float(stride), scores: scores, boxes: boxes,
                    points: points)
                if face.isFinite { faces.append(face) }
            }
        }
        return faces
    }

    /// Distances and offsets are in strides from the anchor's cell.
    private func face(
        _ anchor: Int, around center: Point, stride: Float, scores: [Float], boxes: [Float], points: [Float]
    ) -> DetectedFace {
        let edge = { boxes[anchor * 4 + $0] * stride }
        let box = Box(
            x1: center.x - edge(0), y1: center.y - edge(1), x2: center.x + edge(2), y2: center.y + edge(3))
        let landmarks =
            hasLandmarks
            ? (0..<5).map { point in
                Point(
                    x: center.x + points[anchor * 10 + point * 2] * stride,
                    y: center.y + points[anchor * 10 + point * 2 + 1] * stride)
            } : []
        return DetectedFace(box: box, score: scores[anchor], landmarks: landmarks)
    }

    private func head(_ output: Tensor, rows: Int, length: Int) throws -> [Float] {
        guard output.count == rows * length else {
            throw FoveaError(
                .modelInvalid,
                """
                A head of the face detection model has the shape \(output.shape) instead of [\(rows), \
                \(length)]: install the model.onnx that belongs to it.
                """)
        }
        return try output.floats()
    }
}

extension DetectedFace {
    fileprivate var isFinite: Bool {
        [box.x1, box.y1, box.x2, box.y2].allSatisfy(\.isFinite)
            && landmarks.allSatisfy { $0.x.isFinite && $0.y.isFinite }
    }
}
