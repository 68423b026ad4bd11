import FoveaCore
import FoveaImaging
import FoveaTasks
import Testing

/// From a picture of any shape to the tower's square.
@Suite struct SquareTests {
    /// Red is the column, green the row.
    private func picture(_ width: Int, _ height: Int) -> PixelImage {
        PixelImage(width: width, height: height) { pixels in
            for index in 0..<width * height {
                pixels[index * 3] = UInt8(index % width)
                pixels[index * 3 + 1] = UInt8(index / width)
                pixels[index * 3 + 2] = 0
            }
        }
    }

    private func square(
        _ image: PixelImage, _ size: Int, _ interpolation: String = "nearest", mode: String = "shortest"
    ) throws -> PixelImage {
        try preprocessing(size, interpolation, mode: mode).square(image)
    }

    private func preprocessing(
        _ size: Int, _ interpolation: String, mode: String = "shortest"
    ) throws -> ImagePreprocessing {
        try ImagePreprocessing(
            json: Array(
                """
                {"size":\(size),"mean":[0,0,0],"std":[1,1,1],"interpolation":"\(interpolation)",
                 "resize_mode":"\(mode)"}
                """.utf8))
    }

    /// The columns and rows that a picture made by ``picture`` was taken from.
    private func origins(_ image: PixelImage) -> (columns: [Int], rows: [Int]) {
        (
            (0..<image.width).map { Int(image.pixels[$0 * 3]) },
            (0..<image.height).map { Int(image.pixels[$0 * image.width * 3 + 1]) }
        )
    }

    private func expect(
        _ image: PixelImage, columns: [Int], rows: [Int], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let origins = origins(image)
        #expect(origins.columns == columns && origins.rows == rows, sourceLocation: sourceLocation)
    }

    /// Of 5 columns the middle 2 begin at int(5 / 2 − 2 / 2) = int(1.5) = 1.
    @Test func theMiddleIsCutOutTruncated() throws {
        expect(try square(picture(5, 2), 2), columns: [1, 2], rows: [0, 1])
        expect(try square(picture(2, 5), 2), columns: [0, 1], rows: [1, 2])
        expect(try square(picture(6, 2), 2), columns: [2, 3], rows: [0, 1])
    }

    /// 7 / 3 · 2 = 4.67 becomes 4 columns, not 5. Under their centres, 1.75 (i + ½),
    /// are the columns 0, 2, 4 and 6, of which the middle is taken; under the
    /// rows', 1.5 (i + ½), 0 and 2.
    @Test func theLongSideIsTruncated() throws {
        expect(try square(picture(7, 3), 2), columns: [2, 4], rows: [0, 2])
        expect(try square(picture(3, 7), 2), columns: [0, 2], rows: [2, 4])
    }

    /// In float64, 61 / 7 · 7 is 60.99…, which is cut to 60 rows. The middle begins
    /// at int(30 − 3.5) = 26, and a row's centre is over 61 / 60 (i + ½).
    @Test func theLongSideIsComputedInFloatingPoint() throws {
        expect(
            try square(picture(7, 61), 7), columns: Array(0..<7), rows: [26, 27, 28, 29, 31, 32, 33])
    }

    /// Both sides straight to 2: 3.5 (i + ½) is over the columns 1 and 5.
    @Test func squashingKeepsNoProportions() throws {
        expect(try square(picture(7, 3), 2, mode: "squash"), columns: [1, 5], rows: [0, 2])
        expect(try square(picture(3, 7), 2, mode: "squash"), columns: [0, 2], rows: [1, 5])
    }

    /// Of the columns 0, 90 and 30, nearest takes the middle one and box the mean.
    @Test func theFilterIsTheFiles() throws {
        let columns = PixelImage(
            width: 3, height: 3, pixels: [0, 90, 30, 0, 90, 30, 0, 90, 30].flatMap { [$0, 0, 0] as [UInt8] })
        #expect(try square(columns, 1, "nearest").pixels == [90, 0, 0])
        #expect(try square(columns, 1, "box").pixels == [40, 0, 0])
        #expect(try square(columns, 1, "box", mode: "squash").pixels == [40, 0, 0])
    }

    @Test func aSquareOfTheRightSizeIsLeftAlone() throws {
        #expect(try square(picture(5, 5), 5, "bicubic") == picture(5, 5))
    }

    /// What lies outside the region may be anything.
    @Test(arguments: ["nearest", "box", "bilinear", "hamming", "bicubic", "lanczos"])
    func theRegionIsAllThatIsRead(filter: String) throws {
        let sizes = [
            (1, 1), (1, 60), (61, 7), (7, 61), (8, 8), (8, 20), (33, 8), (40, 30), (30, 41), (251, 2),
        ]
        for (width, height) in sizes {
            for mode in ["shortest", "squash"] {
                let preprocessing = try preprocessing(8, filter, mode: mode)
                let region = preprocessing.region(of: ImageSize(width: width, height: height))
                let picture = picture(width, height)
                let altered = PixelImage(width: width, height: height) { pixels in
                    for index in 0..<width * height {
                        let (x, y) = (index % width, index / width)
                        let isInside =
                            x >= region.x && x < region.x + region.width && y >= region.y
                            && y < region.y + region.height
                        for channel in 0..<3 {
                            let byte = picture.pixels[index * 3 + channel]
                            pixels[index * 3 + channel] = isInside ? byte : ~byte
                        }
                    }
                }
                #expect(
                    preprocessing.square(altered) == preprocessing.square(picture),
                    "\(width)x\(height), \(mode)")
            }
        }
    }

    /// Of 40 x 30, 8 x 8 are kept of 10 x 8: columns 1…8, which 4 pixels each
    /// go into, and those of a bilinear filter's support, 4, around the centres
    /// of the first and the last, 6 and 34.
    @Test func theRegionIsNoMoreThanTheFilterNeeds() throws {
        #expect(
            try preprocessing(8, "bilinear").region(of: ImageSize(width: 40, height: 30))
                == PixelRegion(x: 2, y: 0, width: 36, height: 30))
    }

    @Test(arguments: [(1, 1), (1, 60), (60, 1), (251, 2), (2, 251)])
    func everyShapeBecomesASquare(width: Int, height: Int) throws {
        for mode in ["shortest", "squash"] {
            let result = try square(picture(width, height), 8, "bicubic", mode: mode)
            #expect(result.width == 8 && result.height == 8)
        }
    }
}
