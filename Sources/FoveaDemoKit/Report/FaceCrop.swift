package import FoveaCore

/// A square around a face, as the style of the photo in a square frame.
package struct FaceCrop: Hashable {
    /// The photo's width and the place of its left and top edge, in percent of
    /// the frame's side.
    package let width, left, top: Double

    /// How much longer the square's side is than the face's longer side, so
    /// that hair and chin are in.
    private static let margin = 1.5

    package init(of face: Box, in photo: ImageSize) {
        // Boxes may reach far beyond the photo, and could be turned inside out.
        let longest = Double(max(face.x2 - face.x1, face.y2 - face.y1, 1))
        let side = min(longest * Self.margin, Double(max(photo.width, photo.height, 1)))
        let centerX = Double(face.x1 + face.x2) / 2
        let centerY = Double(face.y1 + face.y2) / 2
        width = Double(photo.width) / side * 100
        left = -Self.start(center: centerX, side: side, length: Double(photo.width)) / side * 100
        top = -Self.start(center: centerY, side: side, length: Double(photo.height)) / side * 100
    }

    /// Where the square starts on an axis: moved into the photo if it fits.
    private static func start(center: Double, side: Double, length: Double) -> Double {
        let start = center - side / 2
        return side > length ? start : min(max(start, 0), length - side)
    }

    package var style: String {
        let values = [("width", width), ("left", left), ("top", top)]
        return values.map { "\($0):\(NumberText.fixed($1, 2))%" }.joined(separator: ";")
    }
}
