import FoveaCore

extension PixelImage {
    /// Takes for each output pixel the input pixel under its centre.
    func resizedNearest(to size: ImageSize, crop: PixelRegion) -> PixelImage {
        let columns = Self.nearestPositions(input: width, output: size.width)[crop.columns]
        let rows = Self.nearestPositions(input: height, output: size.height)[crop.rows]
        return PixelImage(width: crop.width, height: crop.height) { output in
            var next = 0
            for y in rows {
                for x in columns {
                    let pixel = (y * width + x) * 3
                    for channel in 0..<3 { output[next + channel] = pixels[pixel + channel] }
                    next += 3
                }
            }
        }
    }

    /// Positions are stepped, not multiplied, so that rounding errors add up
    /// just as they do in Pillow.
    private static func nearestPositions(input: Int, output: Int) -> [Int] {
        let step = Double(input) / Double(output)
        var position = step * 0.5
        return (0..<output).map { _ in
            defer { position += step }
            return min(Int(position), input - 1)
        }
    }
}
