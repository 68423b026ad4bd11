/// Cosines between embeddings.
package enum Embedding {
    /// `vector` at length 1, so that a dot product with another is their cosine.
    package static func normalized(_ vector: [Float]) -> [Float] {
        let length = dot(vector, vector).squareRoot()
        return length > 0 ? vector.map { $0 / length } : vector
    }

    /// The sum of the products; numbers that one vector has too many are left out.
    package static func dot(_ a: [Float], _ b: [Float]) -> Float {
        var lanes = SIMD8<Float>()
        let count = min(a.count, b.count)
        let whole = count - count % 8
        return a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                for start in stride(from: 0, to: whole, by: 8) {
                    var x = SIMD8<Float>()
                    var y = SIMD8<Float>()
                    for lane in 0..<8 {
                        x[lane] = a[start + lane]
                        y[lane] = b[start + lane]
                    }
                    lanes += x * y
                }
                return (whole..<count).reduce(lanes.sum()) { $0 + a[$1] * b[$1] }
            }
        }
    }
}
