import CPixelKernels
import FoveaCore

/// Blends pairs of a picture's rows, keeping the last two rows' columns
/// blended: neighbouring output rows mostly need the same ones.
struct RowBlender {
    private let image: PixelImage
    private let columns: BilinearAxis
    private var rows: [(index: Int, values: [Int32])]

    init(_ image: PixelImage, _ columns: BilinearAxis) {
        self.image = image
        self.columns = columns
        let empty = [Int32](repeating: 0, count: columns.first.count * 3)
        rows = [(-1, empty), (-1, empty)]
    }

    /// Writes the blend of two rows, given by index and 11-bit weight.
    mutating func blend(
        _ first: Int, _ second: Int, _ firstWeight: Int32, _ secondWeight: Int32,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) {
        if rows[0].index != first && rows[1].index == first { rows.swapAt(0, 1) }
        if rows[0].index != first { blendColumns(of: first, into: 0) }
        if rows[1].index != second { blendColumns(of: second, into: 1) }
        fovea_blend_sum_pair(
            rows[0].values, rows[1].values, firstWeight, secondWeight, output.count, output.baseAddress)
    }

    private mutating func blendColumns(of row: Int, into slot: Int) {
        rows[slot].index = row
        rows[slot].values.withUnsafeMutableBufferPointer { values in
            image.pixels.withUnsafeBufferPointer { pixels in
                fovea_blend_pixel_pairs(
                    pixels.baseAddress?.advanced(by: row * image.width * 3), image.width, columns.first,
                    columns.second, columns.firstWeight, columns.secondWeight, columns.first.count,
                    values.baseAddress)
            }
        }
    }
}
