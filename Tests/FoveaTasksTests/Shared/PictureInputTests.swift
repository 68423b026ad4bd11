import FoveaBackends
import FoveaCore
import FoveaTasks
import Testing

@Suite struct PictureInputTests {
    /// Red 0, green 51, blue 255.
    private let pixel = PixelImage(width: 1, height: 1, pixels: [0, 51, 255])
    private let canvas = ImageSize(width: 2, height: 2)
    /// byte / 51 in the order red, green, blue: 0, 1 and 5 for the pixel.
    private let fifths = PixelScale(mean: 0, deviation: 51, padding: -1, paddingByte: 9)

    private func input(_ type: ElementType, _ shape: [Int?]) throws -> PictureInput {
        try PictureInput([TensorInfo(name: "x", elementType: type, shape: shape)], of: "test")
    }

    @Test func planesAreInTheOrderOfChannels() throws {
        let tensor = try input(.float32, [nil, 3, nil, nil])
            .tensor([pixel], canvas: canvas, count: 1, scale: fifths)
        #expect(tensor.shape == [1, 3, 2, 2])
        #expect(try tensor.floats() == [0, -1, -1, -1, 1, -1, -1, -1, 5, -1, -1, -1])
    }

    @Test func floatsMayBeInterleaved() throws {
        let tensor = try input(.float32, [1, nil, nil, 3])
            .tensor([pixel], canvas: canvas, count: 1, scale: fifths)
        #expect(tensor.shape == [1, 2, 2, 3])
        #expect(try tensor.floats() == [0, 1, 5] + [Float](repeating: -1, count: 9))
    }

    @Test func halfFloats() throws {
        let scale = PixelScale(mean: 0, deviation: 255, padding: 0.1)
        let tensor = try input(.float16, [1, 3, 1, 2])
            .tensor([pixel], canvas: ImageSize(width: 2, height: 1), count: 1, scale: scale)
        #expect(tensor.elementType == .float16)
        let halves = try tensor.withElements(as: Float16.self) { Array($0) }
        // 51 / 255 = 0.2
        #expect(halves == [0, 0.1, 0.2, 0.1, 1, 0.1] as [Float16])
    }

    @Test(arguments: [(PixelScale.ChannelOrder.rgb, [0, 51, 255]), (.bgr, [255, 51, 0])])
    func bytesAreRaw(order: PixelScale.ChannelOrder, expected: [UInt8]) throws {
        let scale = PixelScale(order: order, mean: 127.5, deviation: 127.5, paddingByte: 9)
        let interleaved = try input(.uint8, [1, nil, nil, 3])
            .tensor([pixel], canvas: ImageSize(width: 2, height: 1), count: 1, scale: scale)
        #expect(interleaved.shape == [1, 1, 2, 3])
        #expect(try interleaved.withElements(as: UInt8.self) { Array($0) } == expected + [9, 9, 9])
        let planar = try input(.uint8, [1, 3, nil, nil])
            .tensor([pixel], canvas: ImageSize(width: 1, height: 1), count: 1, scale: scale)
        #expect(planar.shape == [1, 3, 1, 1])
        #expect(try planar.withElements(as: UInt8.self) { Array($0) } == expected)
    }

    /// Red 10 and 20, green 30 and 40, blue 50 and 60: a table for each channel.
    @Test func eachChannelHasItsTable() throws {
        let picture = PixelImage(width: 1, height: 2, pixels: [10, 30, 50, 20, 40, 60])
        let tables = [1, 100, 1000].map { factor in (0...255).map { Float($0) * factor } }
        func values(_ order: PixelScale.ChannelOrder) throws -> [Float] {
            let scale = PixelScale(order: order, tables: tables, padding: 0, paddingByte: 0)
            return try input(.float32, [1, 3, 2, 1])
                .tensor([picture], canvas: ImageSize(width: 1, height: 2), count: 1, scale: scale).floats()
        }
        #expect(try values(.rgb) == [10, 20, 3000, 4000, 50_000, 60_000])
        #expect(try values(.bgr) == [50, 60, 3000, 4000, 10_000, 20_000])
    }

    /// What is computed is what the tables say, bit for bit: all bytes, in a row
    /// that is no multiple of any vector's length.
    @Test func computedNumbersAreThoseOfTheTables() throws {
        let clip = try ImagePreprocessing(
            json: Array(
                """
                {"size":8,"mean":[0.48145466,0.4578275,0.40821073],"std":[0.26862954,0.26130258,0.27577711]}
                """.utf8))
        let faces = PixelScale(mean: 127.5, deviation: 128)
        for scale in [clip.scale, .paddleOCR, faces, PixelScale(order: .bgr, mean: 0, deviation: 255)] {
            #expect(scale.formulas != nil)
            let picture = PixelImage(width: 259, height: 1) { pixels in
                for index in pixels.indices { pixels[index] = UInt8(truncatingIfNeeded: index * 85 / 3) }
            }
            #expect(Set(picture.pixels).count == 256)
            let values = try input(.float32, [1, 3, 1, 259])
                .tensor([picture], canvas: ImageSize(width: 259, height: 1), count: 1, scale: scale).floats()
            for (channel, offset) in scale.order.offsets.enumerated() {
                for x in 0..<259 {
                    let expected = scale.tables[channel][Int(picture.pixels[x * 3 + offset])]
                    #expect(values[channel * 259 + x].bitPattern == expected.bitPattern)
                }
            }
        }
    }

    /// 0.1 is endless in binary: (byte − 0.1) / 0.3 has no formula that rounds
    /// the same, and is looked up.
    @Test func otherNumbersAreLookedUp() throws {
        let scale = PixelScale(mean: 0.1, deviation: 0.3)
        #expect(scale.formulas == nil)
        let values = try input(.float32, [1, 3, 1, 1])
            .tensor([pixel], canvas: ImageSize(width: 1, height: 1), count: 1, scale: scale).floats()
        let expected = [0, 51, 255].map { (byte: Float) in (byte - 0.1) / 0.3 }
        #expect(values == expected)
    }

    /// The second canvas has a picture of its own size, the third has none.
    @Test func picturesLieInTheirOwnCanvases() throws {
        let full = PixelImage(width: 2, height: 2, pixels: [UInt8](repeating: 102, count: 12))
        let tensor = try input(.float32, [nil, nil, nil, 3])
            .tensor([pixel, full], canvas: canvas, count: 3, scale: fifths)
        #expect(tensor.shape == [3, 2, 2, 3])
        let values = try tensor.floats()
        #expect(values[..<12] == [0, 1, 5, -1, -1, -1, -1, -1, -1, -1, -1, -1])
        #expect(values[12..<24].allSatisfy { $0 == 2 })
        #expect(values[24...].allSatisfy { $0 == -1 })
    }

    @Test func sizesAreReadInTheirLayout() throws {
        let planar = try input(.float32, [nil, 3, 48, 320])
        #expect(planar.layout == .planar && planar.batch == nil && planar.height == 48 && planar.width == 320)
        let interleaved = try input(.uint8, [6, 48, nil, 3])
        #expect(interleaved.layout == .interleaved && interleaved.batch == 6)
        #expect(interleaved.height == 48 && interleaved.width == nil)
        #expect(try input(.uint8, [nil, nil, nil, nil]).layout == .interleaved)
        #expect(try input(.float32, [nil, nil, nil, nil]).layout == .planar)
    }

    /// Three wide and three channels: the usual layout is meant.
    @Test func planesWinWhereBothWouldDo() throws {
        #expect(try input(.float32, [1, 3, 5, 3]).layout == .planar)
    }

    @Test(
        arguments: [
            (ElementType.int64, [nil, 3, nil, nil]), (.float32, [nil, 3, nil]),
            (.float32, [nil, 1, nil, nil]),
            (.float32, [nil, 3, 0, nil]), (.uint8, [nil, 48, 320, 4]), (.float32, [nil, 3, nil, 1 << 40]),
        ] as [(ElementType, [Int?])])
    func otherInputsAreRefused(type: ElementType, shape: [Int?]) {
        #expect { try input(type, shape) } throws: { ($0 as? FoveaError)?.code == .modelInvalid }
    }

    @Test func twoInputsAreRefused() {
        let info = TensorInfo(name: "x", elementType: .float32, shape: [1, 3, nil, nil])
        #expect(throws: FoveaError.self) { try PictureInput([info, info], of: "test") }
        #expect(throws: FoveaError.self) { try PictureInput([], of: "test") }
    }
}
