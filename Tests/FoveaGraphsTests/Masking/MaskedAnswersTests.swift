import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaImaging
import FoveaTasks
import Foundation
import ONNXRuntimeBackend
import Testing

/// The demo's text detector on canvases of the ladder, with and without a
/// mask, beside what it answers on canvases of each picture's own.
@Suite struct MaskedAnswersTests {
    private static let pool = BlockingPool(name: "test", width: 1)
    private static let graph = {
        let variable = ProcessInfo.processInfo.environment["XDG_CACHE_HOME"] ?? ""
        let cache =
            variable.isEmpty
            ? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
            : URL(filePath: variable)
        return cache.appending(path: "fovea/demo-models/ocr/PP-OCRv5_mobile/detection/model.onnx")
    }()

    /// Pictures that fill no canvas of the ladder, and what they are stretched to.
    private static let pictures: [(name: String, size: ImageSize?)] = [
        ("book-page.png", nil), ("rendered-text.png", nil),
        ("sign-castle.jpg", ImageSize(width: 900, height: 800)),
        ("sign-penguins.jpg", ImageSize(width: 1500, height: 310)),
        ("rendered-text.png", ImageSize(width: 420, height: 1300)),
        ("person-hopper.jpg", ImageSize(width: 700, height: 620)),
        ("book-page.png", ImageSize(width: 1100, height: 170)),
    ]

    private static func image(_ name: String, _ size: ImageSize?) throws -> PixelImage {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Samples/\(name)").standardized
        let image = try ImageDecoder().decode([UInt8](try Data(contentsOf: file)))
        return size.map { image.resized(to: $0, filter: .lanczos) } ?? image
    }

    /// Corners are whole pixels, so those of a map that is the same but for
    /// rounding are the same; so are then the texts that are read there.
    @Test func linesAreThoseOfACanvasOfItsOwn() async throws {
        let plain = try await ONNXRuntimeBackend().open(Self.graph)
        var model = try GraphFile.read(Self.graph)
        #expect(try GraphRewrite.mask.apply(to: &model) == .rewritten)
        let masked = try await model.session()
        let own = try TextDetector(session: plain, pool: Self.pool)
        let padded = try TextDetector(session: FewShapes(base: plain), pool: Self.pool)
        let detector = try TextDetector(session: FewShapes(base: masked), pool: Self.pool)
        var lines = 0
        var differing = 0
        for (name, size) in Self.pictures {
            let image = try Self.image(name, size)
            let canvas = DetectionCanvas(
                for: ImageSize(width: image.width, height: image.height), maxResolution: 736)
            try #require(canvas.enlarged(to: CanvasLadder(maxResolution: 736)) != canvas, "\(name)")
            let expected = try await own.detect(in: image, minScore: 0.5, maxResolution: 736)
            let found = try await detector.detect(in: image, minScore: 0.5, maxResolution: 736)
            #expect(found.map(\.corners) == expected.map(\.corners), "\(name)")
            for (line, expected) in zip(found, expected) {
                #expect(abs(line.score - expected.score) < 1e-4, "\(name)")
            }
            lines += expected.count
            let seen = try await padded.detect(in: image, minScore: 0.5, maxResolution: 736)
            if seen.map(\.corners) != expected.map(\.corners) { differing += 1 }
        }
        #expect(lines > 20)
        // Without the mask it is another answer, or this would show nothing.
        #expect(differing >= 3)
    }
}

/// A session as a device has it on which each new shape costs a compilation.
private struct FewShapes: ModelSession {
    let base: any ModelSession
    var inputs: [TensorInfo] { base.inputs }
    var outputs: [TensorInfo] { base.outputs }
    var metadata: [String: String] { base.metadata }
    var placement: Placement { base.placement }
    var shapes: ShapeSupport { .few }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] { try await base.run(inputs) }
}
