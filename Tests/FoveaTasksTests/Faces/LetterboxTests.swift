import FoveaCore
import FoveaTasks
import Testing

@Suite struct LetterboxTests {
    private func letterbox(_ width: Int, _ height: Int, on canvas: (Int, Int) = (640, 640)) -> Letterbox {
        Letterbox(
            of: ImageSize(width: width, height: height),
            on: ImageSize(width: canvas.0, height: canvas.1))
    }

    /// One side becomes 640, the other int(640 · its part of it).
    @Test(
        arguments: [
            (640, 640, 640, 640),
            (1280, 960, 640, 480),
            (960, 1280, 480, 640),
            // Small pictures grow.
            (100, 50, 640, 320),
            // 640 · 667 / 1000 = 426.88, cut
            (1000, 667, 640, 426),
            (667, 1000, 426, 640),
            // 640 · 333 / 500 = 426.24
            (500, 333, 640, 426),
            // 640 · 3 / 2000 = 0.96: nothing would be left
            (2000, 3, 640, 1),
            (3, 2000, 1, 640),
            (1, 1, 640, 640),
        ])
    func contentFillsOneSide(width: Int, height: Int, newWidth: Int, newHeight: Int) {
        let letterbox = letterbox(width, height)
        #expect(letterbox.content == ImageSize(width: newWidth, height: newHeight))
        #expect(letterbox.canvas == ImageSize(width: 640, height: 640))
        // The reference divides the heights, cut as they are.
        #expect(letterbox.scale == Float(Double(newHeight) / Double(height)))
    }

    /// Shapes are compared with the canvas's: a square is too high for 640 × 320.
    @Test func canvasesNeedNotBeSquare() {
        #expect(letterbox(100, 100, on: (640, 320)).content == ImageSize(width: 320, height: 320))
        #expect(letterbox(100, 100, on: (320, 640)).content == ImageSize(width: 320, height: 320))
        #expect(letterbox(200, 100, on: (640, 320)).content == ImageSize(width: 640, height: 320))
        #expect(letterbox(300, 100, on: (640, 320)).content == ImageSize(width: 640, height: 213))
    }
}
