/// A picture's bytes as a Windows bitmap: 24 bits a pixel, not compressed.
enum Bitmap {
    /// - Parameter colour: red, green and blue of a pixel.
    static func file(width: Int, height: Int, colour: (_ x: Int, _ y: Int) -> [UInt8]) -> [UInt8] {
        let rowLength = (width * 3 + 3) / 4 * 4
        let size = 54 + rowLength * height
        var bytes = Array("BM".utf8)
        // File size, reserved, where pixels begin; then the header's own
        // size, width, height, planes and bits, and six fields left 0.
        for value in [size, 0, 54, 40, width, height, 1 | 24 << 16, 0, 0, 0, 0, 0, 0] {
            for shift in stride(from: 0, to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        // Rows from bottom to top, blue first.
        for y in (0..<height).reversed() {
            for x in 0..<width { bytes += colour(x, y).reversed() }
            bytes += [UInt8](repeating: 0, count: rowLength - width * 3)
        }
        return bytes
    }

    /// A picture of one grey.
    static func grey(_ value: UInt8, width: Int, height: Int) -> [UInt8] {
        file(width: width, height: height) { _, _ in [value, value, value] }
    }
}
