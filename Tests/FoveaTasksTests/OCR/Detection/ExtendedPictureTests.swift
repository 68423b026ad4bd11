import FoveaCore
import FoveaTasks
import Testing

@Suite struct ExtendedPictureTests {
    private func grey(_ width: Int, _ height: Int, _ values: [UInt8]) -> PixelImage {
        PixelImage(width: width, height: height, pixels: values.flatMap { [$0, $0 &+ 100, 255 - $0] })
    }

    @Test func edgesGoOn() {
        let extended = grey(3, 2, [1, 2, 3, 4, 5, 6]).extended(to: ImageSize(width: 5, height: 4))
        #expect(
            extended
                == grey(5, 4, [1, 2, 3, 3, 3, 4, 5, 6, 6, 6, 4, 5, 6, 6, 6, 4, 5, 6, 6, 6]))
    }

    @Test func oneSideMayBeFull() {
        #expect(
            grey(1, 2, [7, 8]).extended(to: ImageSize(width: 3, height: 2)) == grey(3, 2, [7, 7, 7, 8, 8, 8]))
        #expect(
            grey(2, 1, [7, 8]).extended(to: ImageSize(width: 2, height: 3)) == grey(2, 3, [7, 8, 7, 8, 7, 8]))
    }

    @Test func fullCanvasIsThePicture() {
        let picture = grey(2, 2, [1, 2, 3, 4])
        #expect(picture.extended(to: ImageSize(width: 2, height: 2)) == picture)
    }
}
