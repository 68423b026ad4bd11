package import FoveaCore

/// How a picture is fitted into a canvas: scaled, up or down, until one side
/// fills it, and put into the upper left corner.
package struct Letterbox: Sendable, Hashable {
    /// Size of the scaled picture; at least one pixel each way.
    package let content: ImageSize
    package let canvas: ImageSize
    /// Pixels of the canvas to a pixel of the picture.
    package let scale: Float

    package init(of picture: ImageSize, on canvas: ImageSize) {
        // Whole-number division truncates as the reference does.
        if picture.height * canvas.width > canvas.height * picture.width {
            content = ImageSize(
                width: max(1, canvas.height * picture.width / picture.height), height: canvas.height)
        } else {
            content = ImageSize(
                width: canvas.width, height: max(1, canvas.width * picture.height / picture.width))
        }
        self.canvas = canvas
        scale = Float(Double(content.height) / Double(picture.height))
    }
}
