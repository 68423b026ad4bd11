package import FoveaCore

/// Keeps the best of boxes that are about the same face.
package enum NonMaximumSuppression {
    /// Boxes that overlap a better one by more than this are dropped.
    package static let threshold: Float = 0.4

    /// Greedy: the best score is kept, then the best of those that do not
    /// overlap it too much, and so on.
    ///
    /// - Returns: best score first; of equal scores the earlier first.
    package static func kept(of faces: [DetectedFace]) -> [DetectedFace] {
        let ranked = faces.enumerated()
            .sorted { ($0.element.score, $1.offset) > ($1.element.score, $0.offset) }
            .map(\.element)
        var kept: [DetectedFace] = []
        for face in ranked where face.score > 0 {
            if kept.allSatisfy({ overlap($0.box, face.box) <= threshold }) { kept.append(face) }
        }
        return kept
    }

    /// Intersection over union; 1 for two boxes without any area.
    package static func overlap(_ a: Box, _ b: Box) -> Float {
        let shared =
            max(0, min(a.x2, b.x2) - max(a.x1, b.x1)) * max(0, min(a.y2, b.y2) - max(a.y1, b.y1))
        let union = a.area + b.area - shared
        return union > 0 ? shared / union : 1
    }
}

extension Box {
    fileprivate var area: Float { max(0, x2 - x1) * max(0, y2 - y1) }
}
