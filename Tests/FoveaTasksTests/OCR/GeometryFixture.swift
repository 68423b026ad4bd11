import FoveaCore
import FoveaTasks
import Foundation

/// What OpenCV answered for made-up inputs: see Tests/Fixtures/ocr/record.py.
struct GeometryFixture: Decodable {
    struct Picture: Decodable {
        var rows: [String]
        var dilated: [String]
        /// x, y, x, y … a contour.
        var contours: [[Int]]
    }

    struct Rectangle: Decodable {
        var points: [Int]
        var hull: [Int]
        var corners: [Float]
    }

    struct Mean: Decodable {
        var corners: [Float]
        var mean: Float
    }

    var bitmaps: [Picture]
    var rectangles: [Rectangle]
    var means: [Mean]

    static func load() throws -> GeometryFixture {
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.appending(path: "Fixtures/ocr/geometry.json")
        return try JSONDecoder().decode(GeometryFixture.self, from: Data(contentsOf: file))
    }
}

extension Bitmap {
    /// Rows of `#` (set) and `.`.
    init(_ rows: [String]) {
        self.init(
            width: rows.first?.count ?? 0, height: rows.count,
            values: rows.joined().map { $0 == "#" })
    }
}

func gridPoints(_ flat: [Int]) -> [GridPoint] {
    stride(from: 0, to: flat.count, by: 2).map { GridPoint(x: flat[$0], y: flat[$0 + 1]) }
}

func points(_ flat: [Float]) -> [Point] {
    stride(from: 0, to: flat.count, by: 2).map { Point(x: flat[$0], y: flat[$0 + 1]) }
}
