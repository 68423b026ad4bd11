import FoveaBackends
import FoveaCore
import FoveaTasks
import Testing

@Suite struct OCRInputTests {
    /// Red 0, green 51, blue 255.
    private let pixel = PixelImage(width: 1, height: 1, pixels: [0, 51, 255])
    private let canvas = ImageSize(width: 2, height: 2)

    private func input(_ type: ElementType, _ shape: [Int?]) throws -> OCRInput {
        try OCRInput([TensorInfo(name: "x", elementType: type, shape: shape)], of: "test")
    }

    @Test func floatsArePlanesOfBlueGreenRed() throws {
        let tensor = try input(.float32, [nil, 3, nil, nil]).tensor([pixel], canvas: canvas, count: 2)
        #expect(tensor.shape == [2, 3, 2, 2])
        let values = try tensor.floats()
        let expected: [Float] = [1, 0, 0, 0, -0.6, 0, 0, 0, -1, 0, 0, 0]
        #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        #expect(values.suffix(12).allSatisfy { $0 == 0 })
    }

    @Test func halfFloats() throws {
        let tensor = try input(.float16, [1, 3, 2, 2]).tensor([pixel], canvas: canvas, count: 1)
        #expect(tensor.elementType == .float16)
        #expect(try tensor.floats() == [1, 0, 0, 0, Float(Float16(-0.6)), 0, 0, 0, -1, 0, 0, 0])
    }

    @Test func bytesAreInterleavedAndRaw() throws {
        let tensor = try input(.uint8, [1, nil, nil, 3]).tensor([pixel], canvas: canvas, count: 1)
        #expect(tensor.shape == [1, 2, 2, 3])
        let bytes = try tensor.withElements(as: UInt8.self) { Array($0) }
        #expect(bytes == [255, 51, 0] + [UInt8](repeating: 127, count: 9))
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
        #expect(throws: FoveaError.self) { try OCRInput([info, info], of: "test") }
        #expect(throws: FoveaError.self) { try OCRInput([], of: "test") }
    }
}
