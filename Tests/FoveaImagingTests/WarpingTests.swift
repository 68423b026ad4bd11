import FoveaCore
import FoveaImaging
import Testing

@Suite("Resizing and warping as OpenCV and Pillow do")
struct WarpingTests {
    /// The expectations are OpenCV's `resize` with INTER_LINEAR.
    @Test func resizesBilinearly() throws {
        let source = try Fixtures.source()
        for expected in try Fixtures.geometry().resizedBilinear {
            #expect(RecordedPicture(source.resizedBilinear(to: expected.size)) == expected)
        }
    }

    /// The expectation is OpenCV's resize, pasted on black.
    @Test func letterboxes() throws {
        let source = try Fixtures.source()
        for expected in try Fixtures.geometry().letterboxed {
            let boxed = source.letterboxed(
                newSize: ImageSize(width: expected.newWidth, height: expected.newHeight),
                canvas: expected.result.size)
            #expect(RecordedPicture(boxed) == expected.result)
        }
    }

    /// The expectations are OpenCV's `warpAffine`.
    @Test func warps() throws {
        let source = try Fixtures.source()
        for expected in try Fixtures.geometry().warped {
            let m = expected.numbers
            let transform = AffineTransform2D(a: m[0], b: m[1], tx: m[2], c: m[3], d: m[4], ty: m[5])
            #expect(
                RecordedPicture(source.warped(by: transform, to: expected.result.size)) == expected.result)
        }
    }

    /// Half a pixel to the right: each pixel is the mean of itself and its
    /// left neighbour, which for the first is the black outside.
    @Test func blendsWithTheBorder() {
        let pair = PixelImage(width: 2, height: 1, pixels: [100, 40, 8, 200, 80, 16])
        let half = AffineTransform2D(a: 1, b: 0, tx: 0.5, c: 0, d: 1, ty: 0)
        let moved = pair.warped(by: half, to: ImageSize(width: 3, height: 1))
        #expect(moved.pixels == [50, 20, 4, 150, 60, 12, 100, 40, 8])
    }

    @Test(arguments: [0, .nan, .infinity, 1e300, -1e300, 1e-300])
    func survivesSenselessTransforms(value: Double) throws {
        let source = try Fixtures.source()
        let size = ImageSize(width: 5, height: 4)
        let transform = AffineTransform2D(a: value, b: value, tx: value, c: 1, d: value, ty: value)
        #expect(source.warped(by: transform, to: size).pixels.count == 60)
        let perspective = source.perspectiveWarped([1, value, 0, value, 1, 0, value, -1], to: size)
        #expect(perspective.pixels.count == 60)
    }

    /// The expectations are Pillow's `Image.transform` with PERSPECTIVE and
    /// BICUBIC.
    @Test func warpsInPerspective() throws {
        let source = try Fixtures.source()
        for expected in try Fixtures.geometry().perspectiveWarped {
            let warped = source.perspectiveWarped(expected.numbers, to: expected.result.size)
            #expect(RecordedPicture(warped) == expected.result)
        }
    }

    /// The expectation is numpy's `rot90`.
    @Test func rotates() throws {
        let source = try Fixtures.source()
        let expected = try Fixtures.geometry().rotatedCounterclockwise
        #expect([RecordedPicture(source.rotatedCounterclockwise())] == expected)
    }

    @Test func crops() {
        let square = PixelImage(width: 2, height: 2, pixels: [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4])
        #expect(
            square.cropped(to: PixelRegion(x: 1, y: 0, width: 1, height: 2)).pixels == [2, 2, 2, 4, 4, 4])
    }
}
