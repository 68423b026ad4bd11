import FoveaBackends
import FoveaCore
import FoveaImaging
import FoveaTasks
import FoveaTesting
import Foundation
import Testing

/// Embeddings of files, of which the tower's encoder decodes what it needs.
@Suite struct UndecodedPictureTests {
    private let pool = BlockingPool(name: "test", width: 1)

    /// What the graph is given, as bytes.
    private func input(
        size: Int, _ mode: String = "shortest",
        _ embed: (CLIPImageEncoder) async throws -> [Float]
    ) async throws -> [Float] {
        let preprocessing = try ImagePreprocessing(
            json: Array(
                #"{"size":\#(size),"mean":[0,0,0],"std":[1,1,1],"resize_mode":"\#(mode)"}"#.utf8))
        let session = FakeSession(
            inputs: [TensorInfo(name: "image", elementType: .uint8, shape: [1, size, size, 3])],
            outputs: [TensorInfo(name: "embedding", elementType: .float32, shape: [1, nil])]
        ) { inputs in
            let bytes = try #require(inputs.first).withElements(as: UInt8.self) { $0.map { Float($0) } }
            return [Tensor(shape: [1, bytes.count], bytes)]
        }
        return try await embed(
            CLIPImageEncoder(session: session, preprocessing: preprocessing, pool: pool))
    }

    private func file(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Fixtures/imaging/files").standardized
        return [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    @Test(arguments: ["large-420.jpg", "large-progressive.jpg", "source.png"], ["shortest", "squash"])
    func areThoseOfTheWholePicture(name: String, mode: String) async throws {
        let bytes = try file(name)
        let whole = try ImageDecoder().decode(bytes)
        for size in [8, 32, 96, 150] {
            let expected = try await input(size: size, mode) { try await $0.embed(whole) }
            let actual = try await input(size: size, mode) {
                try await $0.embed(PictureFile(bytes, decoder: ImageDecoder()))
            }
            #expect(actual == expected, "\(size)")
        }
    }

    /// 147 x 117 pixels leave twice 29 at a half, but not twice 30.
    @Test func areOfReducedPicturesWhereThatIsAllowed() async throws {
        let bytes = try file("large-420.jpg")
        let half = try ImageDecoder().decode(bytes, atLeast: 58) { PixelRegion(whole: $0) }
        #expect(half.width == 74)
        for (size, picture) in [(29, half), (30, try ImageDecoder().decode(bytes))] {
            let expected = try await input(size: size) { try await $0.embed(picture) }
            let actual = try await input(size: size) {
                try await $0.embed(PictureFile(bytes, decoder: ImageDecoder(), decoding: .fast))
            }
            #expect(actual == expected, "\(size)")
        }
    }
}
