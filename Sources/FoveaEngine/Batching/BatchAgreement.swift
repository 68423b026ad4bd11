package import FoveaCore

/// Whether a request's part of a shared run is what it would have been alone.
///
/// A graph's inputs may have any number of rows and its answers still depend on
/// the neighbours, or lie in another order. One comparison tells.
package enum BatchAgreement {
    /// As for devices: embeddings that are closer are the same to a search.
    private static let leastCosine: Double = 0.999
    /// Of the largest value. Kernels for more rows add up in another order.
    private static let mostDifference: Float = 0.02

    package static func agree(_ shared: [Tensor], _ alone: [Tensor]) -> Bool {
        shared.count == alone.count && zip(shared, alone).allSatisfy(agree)
    }

    private static func agree(_ shared: Tensor, _ alone: Tensor) -> Bool {
        guard shared.shape == alone.shape, shared.elementType == alone.elementType else { return false }
        guard let first = try? shared.floats(), let second = try? alone.floats() else {
            return shared.storage.bytes.elementsEqual(alone.storage.bytes)
        }
        var (dot, firstSquare, secondSquare) = (0.0, 0.0, 0.0)
        var (largest, difference): (Float, Float) = (0, 0)
        for (a, b) in zip(first, second) {
            guard a.isFinite, b.isFinite else { return false }
            dot += Double(a) * Double(b)
            firstSquare += Double(a) * Double(a)
            secondSquare += Double(b) * Double(b)
            largest = max(largest, abs(b))
            difference = max(difference, abs(a - b))
        }
        guard difference > 0 else { return true }
        return difference <= mostDifference * largest
            && dot >= leastCosine * (firstSquare * secondSquare).squareRoot()
    }
}
