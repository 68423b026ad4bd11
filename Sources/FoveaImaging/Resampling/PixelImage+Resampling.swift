import CPixelKernels
public import FoveaCore

extension PixelImage {
    /// Pillow's `Image.resize`, bit for bit.
    ///
    /// Separable: columns first, then rows, each pass rounded and clipped to
    /// 8 bits; a pass is left out where its length does not change.
    ///
    /// - Parameters:
    ///   - size: of the whole resized picture.
    ///   - crop: the region of the resized picture that is wanted, inside
    ///     it. Only that part is computed, so that a 2000x3 picture can be
    ///     resized to 149,333x224 for the 224x224 in its middle.
    public func resized(
        to size: ImageSize, filter: ResampleFilter, crop: PixelRegion? = nil
    ) -> PixelImage {
        let whole = PixelRegion(whole: size)
        let region = crop ?? whole
        precondition(whole.contains(region), "\(region) is not inside a picture of \(size)")
        if size == ImageSize(width: width, height: height) { return cropped(to: region) }
        if filter == .nearest { return resizedNearest(to: size, crop: region) }

        let rows: ResampleKernel? =
            size.height == height
            ? nil : ResampleKernel(input: height, output: size.height, range: region.rows, filter: filter)
        let rowsNeeded = rows?.inputRange ?? region.rows
        let columnsDone: PixelImage
        if size.width == width {
            columnsDone = cropped(
                to: PixelRegion(
                    x: region.x, y: rowsNeeded.lowerBound, width: region.width, height: rowsNeeded.count))
        } else {
            let columns = ResampleKernel(
                input: width, output: size.width, range: region.columns, filter: filter)
            columnsDone = resampledColumns(columns, rows: rowsNeeded)
        }
        guard let rows else { return columnsDone }
        return columnsDone.resampledRows(rows, firstRow: rowsNeeded.lowerBound)
    }

    /// Applies `kernel` along the rows of `rows`.
    private func resampledColumns(_ kernel: ResampleKernel, rows: Range<Int>) -> PixelImage {
        let stride = width * 3
        let outputStride = kernel.starts.count * 3
        var resampler = ColumnResampler(kernel)
        return PixelImage(width: kernel.starts.count, height: rows.count) { output in
            pixels.withUnsafeBufferPointer { input in
                guard let source = input.baseAddress, let target = output.baseAddress else { return }
                for first in Swift.stride(from: 0, to: rows.count, by: ColumnResampler.rowCount) {
                    resampler.resample(
                        source + (rows.lowerBound + first) * stride, sourceStep: stride,
                        count: min(ColumnResampler.rowCount, rows.count - first),
                        into: target + first * outputStride)
                }
            }
        }
    }

    /// Applies `kernel` across the rows; this picture's first row is the
    /// kernel's input position `firstRow`.
    private func resampledRows(_ kernel: ResampleKernel, firstRow: Int) -> PixelImage {
        let stride = width * 3
        return PixelImage(width: width, height: kernel.starts.count) { output in
            pixels.withUnsafeBufferPointer { input in
                kernel.weights.withUnsafeBufferPointer { weights in
                    guard let source = input.baseAddress, let target = output.baseAddress else { return }
                    for row in 0..<kernel.starts.count {
                        fovea_blend_bytes(
                            source + (kernel.starts[row] - firstRow) * stride, stride,
                            weights.baseAddress?.advanced(by: row * kernel.stride), kernel.counts[row],
                            target + row * stride, stride)
                    }
                }
            }
        }
    }
}
