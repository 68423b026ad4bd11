public import FoveaCore

extension PixelRegion {
    /// The pixels that ``FoveaCore/PixelImage/resized(to:filter:crop:)`` reads.
    ///
    /// - Parameters:
    ///   - original: size of the picture that is resized.
    ///   - resized: size of the whole resized picture.
    ///   - crop: the region of the resized picture that is wanted, inside it.
    public init(
        readFrom original: ImageSize, toResizeTo resized: ImageSize, filter: ResampleFilter, crop: PixelRegion
    ) {
        guard original != resized else {
            self = crop
            return
        }
        // Nearest looks up single pixels: not worth a second formula.
        guard filter != .nearest else {
            self.init(whole: original)
            return
        }
        func needed(_ input: Int, _ output: Int, _ range: Range<Int>) -> Range<Int> {
            input == output
                ? range
                : ResampleKernel.inputRange(input: input, output: output, range: range, filter: filter)
        }
        self.init(
            columns: needed(original.width, resized.width, crop.columns),
            rows: needed(original.height, resized.height, crop.rows))
    }
}
