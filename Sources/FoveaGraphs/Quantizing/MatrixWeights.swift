/// The weights of a matrix product, `[rows, columns]`, as float32 in memory or
/// in a mapped file, and what they are as bytes. Pure.
///
/// Each column has a scale of its own, and 0 stays 0: a weight is its byte
/// times its column's scale. That is what `quantize_dynamic` of ONNX Runtime's
/// Python package does with `per_channel` and `QInt8`
/// (onnxruntime/quantization/quant_utils.py, `compute_scale_zp`).
struct MatrixWeights: Sendable {
    /// `rows × columns` numbers, little-endian.
    let bytes: ByteSlice
    let rows: Int
    let columns: Int
    /// Whether they are stored column by column.
    let isTransposed: Bool

    /// A float's bits without its sign; they are in the order of the floats'
    /// magnitudes.
    private static let magnitude: UInt32 = 0x7FFF_FFFF
    private static let infinity = Float.infinity.bitPattern

    /// The scale of each column: its largest magnitude by `range`; 1 for a
    /// column of zeros.
    ///
    /// - Parameter range: the largest byte.
    /// - Returns: `nil` where a weight is no number.
    func scales(range: Float) -> [Float]? {
        var largest = [UInt32](repeating: 0, count: columns)
        bytes.withUnsafeBytes { bytes in
            largest.withUnsafeMutableBufferPointer { largest in
                if isTransposed {
                    for column in 0..<columns {
                        var most: UInt32 = 0
                        for row in 0..<rows {
                            most = max(most, Self.bits(bytes, column * rows + row) & Self.magnitude)
                        }
                        largest[column] = most
                    }
                } else {
                    for row in 0..<rows {
                        for column in 0..<columns {
                            largest[column] = max(
                                largest[column],
                                Self.bits(bytes, row * columns + column) & Self.magnitude)
                        }
                    }
                }
            }
        }
        guard largest.allSatisfy({ $0 < Self.infinity }) else { return nil }
        return largest.map { bits in
            let scale = Float(Double(Float(bitPattern: bits)) / Double(range))
            return scale < .leastNormalMagnitude ? 1 : scale
        }
    }

    /// Some rows as bytes, row by row.
    ///
    /// - Parameters:
    ///   - part: the rows.
    ///   - scales: of the columns, as ``scales(range:)`` gives them.
    func quantized(rows part: Range<Int>, scales: [Float], range: Float) -> [Int8] {
        [Int8](unsafeUninitializedCapacity: part.count * columns) { result, count in
            bytes.withUnsafeBytes { bytes in
                scales.withUnsafeBufferPointer { scales in
                    for row in part {
                        let place = (row - part.lowerBound) * columns
                        let (start, step) = isTransposed ? (row, rows) : (row * columns, 1)
                        for column in 0..<columns {
                            let weight = Float(bitPattern: Self.bits(bytes, start + column * step))
                            result[place + column] = Self.rounded(weight / scales[column], range)
                        }
                    }
                }
            }
            count = part.count * columns
        }
    }

    /// Rounds to the nearest whole number, halves to the even one, without a
    /// call or a check for each: added to 1.5 · 2²³, a float has the number in
    /// its last bits.
    private static func rounded(_ value: Float, _ range: Float) -> Int8 {
        let limited = min(max(value, -range), range)
        return Int8(truncatingIfNeeded: (limited + 12_582_912).bitPattern)
    }

    private static func bits(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
    }
}
