import FoveaBackends
import FoveaCore
import FoveaEngine
import FoveaImaging
import FoveaModels
import FoveaTasks
import FoveaTesting
import Foundation
import Logging

/// An engine with a text detector and made-up devices that write down what
/// they open and run.
final class DetectorWorld: Sendable {
    let folder: URL
    let journal = Journal()
    /// What is said to people.
    let log = Journal()
    /// What a device does with a graph that takes a mask.
    enum Trouble { case none, opening, answers }

    private let shapes: ShapeSupport
    private let file: String
    fileprivate let trouble: Trouble

    /// - Parameters:
    ///   - node: all of the graph, from `x` to `y`.
    ///   - shapes: what new ones cost on devices but the processor.
    ///   - file: what those open.
    init(
        _ node: ONNXModel.Node = .init("Conv", ["x", "w"], ["y"], ["pads": [1, 1, 1, 1]]),
        shapes: ShapeSupport = .few, file: String = "model.onnx", trouble: Trouble = .none
    ) throws {
        self.trouble = trouble
        self.shapes = shapes
        self.file = file
        folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        let model = folder.appending(path: "ocr/a/detection")
        try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
        try ONNXModel(
            inputs: [.init("x", .float32, [1, 3, "h", "w"])],
            outputs: [.init("y", .float32, [1, 1, "h", "w"])],
            nodes: [node],
            initializers: ["w": Tensor(shape: [1, 3, 3, 3], [Float](repeating: 1, count: 27))]
        ).write(to: model.appending(path: "model.onnx"))
        try Data().write(to: model.appending(path: "model.own"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A process that looks for text in a grey picture of 128 × 64.
    func detect(on candidate: Candidate) async throws {
        var configuration = EngineConfiguration()
        configuration.onEvent = { [journal] event in
            switch event {
            case .trying: journal.add("trying")
            case .preparing(_, _, let done, let total): journal.add("prepared \(done) of \(total)")
            default: break
            }
        }
        let set = DeviceSet(
            plan: { _ in PlacementPlan([candidate]) },
            proofFolder: folder.appending(components: "proofs"),
            graphFolder: folder.appending(components: "fovea", "graphs"), waitsForProof: true,
            open: { [self] in
                RecordingBackend(
                    world: self, device: $0.device.description, shapes: $0 == .reference ? .any : shapes,
                    name: $0 == .reference ? "model.onnx" : file)
            })
        let engine = Engine(
            store: ModelStore(folder: folder), devices: set, configuration: configuration,
            logger: Logger(label: "test") { [log] _ in JournalLog(journal: log) })
        _ = try await engine.predict(
            PredictionRequest(
                payload: .image(Self.picture),
                steps: [.textDetection(model: "a", minScore: 0.5, maxResolution: 736)]))
    }

    /// Names of the copies' folders.
    func copies() throws -> [String] {
        let path = folder.appending(path: "fovea/graphs").path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path)
    }

    /// What tells a file from one that was written anew.
    func copyNumbers() throws -> [Int] {
        try copies().compactMap { name in
            let file = folder.appending(path: "fovea/graphs/\(name)/model.onnx")
            let facts = try FileManager.default.attributesOfItem(atPath: file.path)
            return (facts[.systemFileNumber] as? NSNumber)?.intValue
        }
    }

    /// Shapes of the built-in pictures that detectors are compared on, each on
    /// a canvas of its own.
    func ownCanvases() throws -> [[Int]] {
        try [ProbePicture.text, .stillLife].map { probe in
            let image = try ImageDecoder(limits: ImageLimits()).decode(probe.bytes)
            let canvas = DetectionCanvas(
                for: ImageSize(width: image.width, height: image.height), maxResolution: 736)
            return [1, 3, canvas.size.height, canvas.size.width]
        }
    }

    /// A bitmap of 128 × 64 grey pixels (Microsoft, "BITMAPINFOHEADER").
    private static let picture: [UInt8] = {
        func number(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
        let pixels = [UInt8](repeating: 128, count: 128 * 64 * 3)
        var bytes: [UInt8] = Array("BM".utf8) + number(UInt32(54 + pixels.count)) + number(0) + number(54)
        bytes += number(40) + number(128) + number(64) + [1, 0, 24, 0] + number(0)
        bytes += number(UInt32(pixels.count)) + number(2835) + number(2835) + number(0) + number(0)
        return bytes + pixels
    }()
}

private struct RecordingBackend: Backend {
    let world: DetectorWorld
    let device: String
    let shapes: ShapeSupport
    let name: String
    let description = "Fake engine 1"

    func file(in folder: URL) -> URL? { folder.appending(component: name) }

    func open(_ model: URL) async throws -> any ModelSession {
        let path = model.path.replacing(world.folder.path + "/", with: "")
        world.journal.add("\(device) opens \(path)")
        let takesMask = path.hasPrefix("fovea/graphs/")
        if takesMask, world.trouble == .opening { throw FoveaError(.modelInvalid, "It does not compile.") }
        return RecordingSession(world: world, device: device, shapes: shapes, takesMask: takesMask)
    }
}

private struct RecordingSession: ModelSession {
    let world: DetectorWorld
    let device: String
    let shapes: ShapeSupport
    let takesMask: Bool
    let metadata: [String: String] = [:]
    let outputs = [TensorInfo(name: "y", elementType: .float32, shape: [1, 1, nil, nil])]

    var inputs: [TensorInfo] {
        let picture = TensorInfo(name: "x", elementType: .float32, shape: [1, 3, nil, nil])
        let mask = TensorInfo(name: "mask", elementType: .float32, shape: [1, 1, nil, nil])
        return takesMask ? [picture, mask] : [picture]
    }

    var placement: Placement { Placement(device: device, provider: "Fake", precision: "fp32") }

    func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        guard inputs.count == self.inputs.count else { throw FoveaError(.engineFailed, "Other inputs.") }
        let (height, width) = (inputs[0].shape[2], inputs[0].shape[3])
        var words = "no mask"
        if takesMask {
            guard inputs[1].shape == [1, 1, height, width] else {
                throw FoveaError(.engineFailed, "The mask is \(inputs[1].shape).")
            }
            let mask = try inputs[1].floats()
            // A rectangle from the upper left corner on, or it is none.
            let columns = mask.prefix(while: { $0 == 1 }).count
            let rows = mask.count { $0 == 1 } / max(columns, 1)
            let isRectangle = mask.indices.allSatisfy {
                mask[$0] == ($0 % width < columns && $0 / width < rows ? 1 : 0)
            }
            words = isRectangle ? "\(rows) rows of \(columns)" : "an odd mask"
        }
        world.journal.add("\(device) runs \(inputs[0].shape), \(words)")
        var map = [Float](repeating: 0, count: height * width)
        if takesMask, world.trouble == .answers {
            for y in 20..<40 { for x in 20..<60 { map[y * width + x] = 1 } }
        }
        return [Tensor(shape: [1, 1, height, width], map)]
    }
}
