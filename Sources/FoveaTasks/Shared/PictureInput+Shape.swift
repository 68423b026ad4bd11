package import FoveaCore

extension PictureInput {
    /// The shape of the graph's input for pictures on canvases of one size.
    package func shape(count: Int, canvas: ImageSize) -> [Int] {
        switch layout {
        case .planar: [count, 3, canvas.height, canvas.width]
        case .interleaved: [count, canvas.height, canvas.width, 3]
        }
    }
}
