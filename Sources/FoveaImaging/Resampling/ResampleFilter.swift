import Foundation

/// The filters that Pillow's `Image.resize` knows, under Pillow's names.
public enum ResampleFilter: String, Sendable, Hashable, CaseIterable {
    case nearest, box, bilinear, hamming, bicubic, lanczos

    /// How far the filter reaches to either side, in pixels of the output when
    /// shrinking and of the input when enlarging.
    var support: Double {
        switch self {
        case .nearest, .box: 0.5
        case .bilinear, .hamming: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// The weight, not normalised, at a distance from the filter's centre.
    func weight(at distance: Double) -> Double {
        switch self {
        case .nearest, .box:
            return distance > -0.5 && distance <= 0.5 ? 1 : 0
        case .bilinear:
            return max(1 - abs(distance), 0)
        case .hamming:
            let x = abs(distance)
            if x == 0 { return 1 }
            if x >= 1 { return 0 }
            // Pillow's constants are single precision.
            return sin(x * .pi) / (x * .pi) * (Double(0.54 as Float) + Double(0.46 as Float) * cos(x * .pi))
        case .bicubic:
            // Keys' cubic convolution with a = -0.5.
            let a = -0.5
            let x = abs(distance)
            if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
            if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
            return 0
        case .lanczos:
            guard distance >= -3 && distance < 3 else { return 0 }
            return Self.sinc(distance) * Self.sinc(distance / 3)
        }
    }

    private static func sinc(_ x: Double) -> Double {
        x == 0 ? 1 : sin(x * .pi) / (x * .pi)
    }
}
