package import FoveaCore

/// The few sizes of canvas that a text detector is given where every new size
/// costs a compilation.
///
/// At most three short sides, each with the proportions of photos and screens
/// and some for strips, lying and standing. A picture has the scale that it
/// would have on a canvas of its own and is put on the smallest of these that
/// holds it; most photos, which have these very proportions and are larger
/// than the limit, fill theirs. Where there is padding, answers differ, unless
/// the graph takes a mask: PP-OCR's pool over the whole canvas. Which canvas it
/// is depends on the picture's size alone, so that a picture has the same
/// answer each time.
package struct CanvasLadder: Sendable, Hashable {
    /// The short sides, longest first: what a large picture's is reduced to,
    /// and two and one third of it. With the usual 736 these are 736, 480 and
    /// 256, so that pictures of 640 × 480 fill their canvas, too.
    package let shortSides: [Int]
    /// All canvases but the ones for pictures that none of these holds.
    package let sizes: [ImageSize]
    /// Those of them that photos and screens are put on, large ones first.
    package let commonSizes: [ImageSize]

    /// The long side over the short one: cameras, video, the screens of phones
    /// (19.5 : 9 and 20 : 9), square, and two screens side by side.
    private static let common = [(4, 3), (3, 2), (16, 9), (13, 6), (20, 9), (1, 1), (2, 1)]
    private static let strips = [(3, 1), (4, 1), (6, 1), (8, 1), (12, 1), (16, 1)]
    private static let multiple = DetectionCanvas.multiple
    /// The most pixels a canvas has: a little more than a picture is given,
    /// whose sides are rounded.
    private static let maxPixels = DetectionCanvas.maxPixels / 8 * 9

    /// - Parameter maxResolution: what the short side is reduced to, at most;
    ///   at least 1.
    package init(maxResolution: Int) {
        // No canvas with that many pixels has a longer short side.
        let limit = Double(DetectionCanvas.maxPixels).squareRoot() / Double(Self.multiple)
        let resolution = min(max(maxResolution, 1), Int(limit.rounded(.up)) * Self.multiple)
        let largest = Self.sides(resolution, times: (1, 1))
        let smaller = [(2, 3), (1, 3)].flatMap { Self.sides(largest[0], times: $0) }
        var rungs: [(shortSide: Int, length: Int)] = largest.map { ($0, resolution) }
        for side in smaller where side < largest[largest.count - 1] && side != rungs.last?.shortSide {
            rungs.append((side, side))
        }
        rungs = Array(rungs.prefix(3))
        func sizes(_ proportions: [(Int, Int)]) -> [ImageSize] {
            var sizes: [ImageSize] = []
            for (shortSide, length) in rungs {
                for longSide in proportions.flatMap({ Self.sides(length, times: $0) })
                where longSide >= shortSide && longSide * shortSide <= Self.maxPixels {
                    let lying = ImageSize(width: longSide, height: shortSide)
                    let standing = ImageSize(width: shortSide, height: longSide)
                    for size in [lying, standing] where !sizes.contains(size) { sizes.append(size) }
                }
            }
            return sizes
        }
        shortSides = rungs.map(\.shortSide)
        commonSizes = sizes(Self.common)
        self.sizes = commonSizes + sizes(Self.strips)
    }

    /// The smallest canvas that holds a picture.
    ///
    /// A picture that none holds, because it is more than 16 times as long as
    /// it is high or was left its size by a large `maxResolution`, has its
    /// short side rounded up to a multiple of 64 and its long one to one of
    /// 512.
    package func size(holding content: ImageSize) -> ImageSize {
        let fitting = sizes.filter { $0.width >= content.width && $0.height >= content.height }
        if let smallest = fitting.min(by: { $0.width * $0.height < $1.width * $1.height }) {
            return smallest
        }
        func roundedUp(_ length: Int, isLong: Bool) -> Int {
            let step = isLong ? 512 : 64
            return (length + step - 1) / step * step
        }
        let isWide = content.width >= content.height
        return ImageSize(
            width: roundedUp(content.width, isLong: isWide),
            height: roundedUp(content.height, isLong: !isWide))
    }

    /// The multiple that is nearest to a part of a length, or both where it
    /// lies halfway: a picture's side is its length times a quotient, which may
    /// come out on either side. The upper one is first.
    private static func sides(_ length: Int, times part: (Int, Int)) -> [Int] {
        let (numerator, denominator) = (2 * length * part.0, 2 * multiple * part.1)
        let (lower, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
        let nearest = rest * 2 >= denominator ? lower + 1 : lower
        let blocks = rest * 2 == denominator && lower > 0 ? [nearest, lower] : [max(nearest, 1)]
        return blocks.map { $0 * multiple }
    }
}
