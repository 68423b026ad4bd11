import FoveaBackends
import FoveaCore
import FoveaTasks
import Testing

/// x / 127.5 − 1 in the order blue, green, red, on middle grey.
@Suite struct OCRScaleTests {
    @Test func everyByteIsScaledAsTheReferenceDoes() {
        let scale = PixelScale.paddleOCR
        #expect(scale.order == .bgr)
        for table in scale.tables {
            #expect(table.count == 256)
            // In float32, the division first: the reference's arithmetic, bit for bit.
            for (byte, value) in table.enumerated() { #expect(value == Float(byte) / 127.5 - 1) }
        }
        #expect(scale.tables[0][0] == -1 && scale.tables[0][255] == 1)
        #expect(scale.padding == 0 && scale.paddingByte == 127)
    }

    /// Red 0, green 51, blue 255: 51 / 127.5 − 1 = −0.6.
    @Test func blueComesFirst() throws {
        let pixel = PixelImage(width: 1, height: 1, pixels: [0, 51, 255])
        let info = TensorInfo(name: "x", elementType: .float16, shape: [1, 3, 1, 2])
        let tensor = try PictureInput([info], of: "test")
            .tensor([pixel], canvas: ImageSize(width: 2, height: 1), count: 1, scale: .paddleOCR)
        #expect(try tensor.floats() == [1, 0, Float(Float16(-0.6)), 0, -1, 0])
    }
}
