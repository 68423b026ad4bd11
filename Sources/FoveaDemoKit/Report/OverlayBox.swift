package import FoveaCore

/// A box over a photo, and a label that shows when one points at it.
package struct OverlayBox {
    /// The class it is drawn with.
    package var kind: String
    package var label: String
    /// Four, in pixels of the photo.
    package var corners: [Point]

    package init(kind: String, label: String, corners: [Point]) {
        self.kind = kind
        self.label = label
        self.corners = corners
    }

    package func markup(in size: ImageSize) -> HTML {
        let points = corners.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        let xs = corners.map(\.x)
        let ys = corners.map(\.y)
        let width = Float(size.width)
        // The grid makes photos about equally high, and wide ones a third as high as wide.
        let fontSize = max(Float(size.height), width / 3) / 18
        let isLeft = (xs.min() ?? 0) + (xs.max() ?? 0) < width
        let isHigh = (ys.min() ?? 0) < fontSize * 1.4
        let x = isLeft ? max(xs.min() ?? 0, 0) : min(xs.max() ?? 0, width)
        let y = isHigh ? (ys.max() ?? 0) + fontSize * 1.1 : (ys.min() ?? 0) - fontSize * 0.4
        return """
            <g class="\(kind)" tabindex="0"><polygon points="\(points)"/>\
            <text x="\(number(x))" y="\(number(y))" font-size="\(number(fontSize))" \
            text-anchor="\(isLeft ? "start" : "end")">\(label)</text></g>
            """
    }

    private func number(_ value: Float) -> String { NumberText.fixed(value, 1) }
}
