import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

@Suite struct GraphCopiesTests {
    private static let weights = Tensor(shape: [2, 3, 3, 3], [Float](repeating: 0.5, count: 54))
    private static let model = ONNXModel(
        inputs: [.init("x", .float32, [1, 3, "h", "w"])], outputs: [.init("y", .float32, [1, 2, "h", "w"])],
        nodes: [.init("Conv", ["x", "w"], ["y"], ["pads": [1, 1, 1, 1]])], initializers: ["w": weights])

    /// A model's file, and where copies go.
    private func inFolder(
        _ model: ONNXModel = GraphCopiesTests.model, _ body: (URL, GraphCopies, URL) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let source = folder.appending(path: "source", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
            try model.write(to: source.appending(path: "model.onnx"))
            let copies = folder.appending(path: "a/graphs", directoryHint: .isDirectory)
            try await body(source.appending(path: "model.onnx"), GraphCopies(folder: copies), copies)
        }
    }

    private func file(_ copy: GraphCopies.Copy) throws -> URL {
        guard case .file(let url) = copy else {
            Issue.record("There is no copy: \(copy)")
            throw CancellationError()
        }
        return url
    }

    private func number(_ file: URL) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? NSNumber)?
            .intValue
    }

    @Test func aCopyIsMadeOnce() async throws {
        try await inFolder { graph, copies, folder in
            let copy = try file(
                copies.copy(of: graph, named: "ocr/ö a", fingerprint: "0123456789abcdef01", .mask))
            let name = copy.deletingLastPathComponent().lastPathComponent
            #expect(name == "ocr---a_mask-1_0123456789abcdef")
            let number = try number(copy)
            let again = try file(
                copies.copy(of: graph, named: "ocr/ö a", fingerprint: "0123456789abcdef01", .mask))
            #expect(try again == copy && self.number(again) == number)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
            #expect(try await ONNXRuntimeBackend().open(copy).inputs.map(\.name) == ["x", "mask"])
        }
    }

    @Test func manyAtOnceMakeOne() async throws {
        try await inFolder { graph, copies, folder in
            let files = await withTaskGroup(of: GraphCopies.Copy.self) { group in
                for _ in 0..<8 {
                    group.addTask { copies.copy(of: graph, named: "a", fingerprint: "1", .mask) }
                }
                return await group.reduce(into: Set<GraphCopies.Copy>()) { $0.insert($1) }
            }
            #expect(files.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a_mask-1_1"])
            let copy = try file(try #require(files.first))
            #expect(try GraphFile.read(copy).graph.inputs().count == 2)
        }
    }

    @Test func aChangedModelsCopyTakesThePlaceOfTheOld() async throws {
        try await inFolder { graph, copies, folder in
            // Of other models, whose names begin alike.
            for name in ["a-b", "a_mask-1_b", "a_mask-1"] {
                _ = try file(copies.copy(of: graph, named: name, fingerprint: "1", .mask))
            }
            let old = try file(copies.copy(of: graph, named: "a", fingerprint: "1", .mask))
            let mine = folder.appending(path: "a_mask-1_mine")
            let next = folder.appending(path: "a_mask-2_1")
            for folder in [mine, next] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            _ = try file(copies.copy(of: graph, named: "a", fingerprint: "2", .mask))
            #expect(!FileManager.default.fileExists(atPath: old.path))
            #expect(
                Set(try FileManager.default.contentsOfDirectory(atPath: folder.path)) == [
                    "a-b_mask-1_1", "a_mask-1_b_mask-1_1", "a_mask-1_mask-1_1", "a_mask-1_mine", "a_mask-2_1",
                    "a_mask-1_2",
                ])
        }
    }

    @Test func aCopyThatIsUsedStays() async throws {
        try await inFolder { graph, copies, _ in
            let old = try file(copies.copy(of: graph, named: "a", fingerprint: "1", .mask))
            var use = FolderUse(old.deletingLastPathComponent())
            try #require(use != nil)
            _ = try file(copies.copy(of: graph, named: "a", fingerprint: "2", .mask))
            #expect(FileManager.default.fileExists(atPath: old.path))
            use = nil
            _ = try file(copies.copy(of: graph, named: "a", fingerprint: "3", .mask))
            #expect(!FileManager.default.fileExists(atPath: old.path))
        }
    }

    @Test func whatOthersLeftHalfDoneGoesAfterADay() async throws {
        try await inFolder { graph, copies, folder in
            for (name, age) in [(".a.new", 90_000.0), (".b.old", 90_000), (".young.new", 60)] {
                let draft = folder.appending(path: name)
                try FileManager.default.createDirectory(at: draft, withIntermediateDirectories: true)
                try FileManager.default.setAttributes(
                    [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: draft.path)
            }
            _ = try file(copies.copy(of: graph, named: "a", fingerprint: "1", .mask))
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(left) == [".young.new", "a_mask-1_1"])
        }
    }

    @Test func whereNothingCanBeWrittenThereIsNone() async throws {
        try await inFolder { graph, _, folder in
            // A file where the folder should be stops root, too.
            let blocked = graph.appending(path: "graphs")
            let copy = GraphCopies(folder: blocked).copy(of: graph, named: "a", fingerprint: "1", .mask)
            guard case .none(let reason) = copy else {
                Issue.record("There is a copy")
                return
            }
            #expect(reason.hasPrefix("a copy cannot be made: "))
        }
    }

    @Test func whatIsNotFollowedHasNone() async throws {
        var model = Self.model
        model.graph.nodes = [.init("Softmax", ["x"], ["y"], ["axis": 2])]
        try await inFolder(model) { graph, copies, folder in
            let copy = copies.copy(of: graph, named: "a", fingerprint: "1", .mask)
            #expect(copy == .none(reason: "Softmax giving y is not known to keep places apart"))
            #expect(!FileManager.default.fileExists(atPath: folder.path))
        }
    }

    @Test func aDamagedModelHasNone() async throws {
        try await inFolder { graph, copies, folder in
            try Data(Self.model.encoded().dropLast(200)).write(to: graph)
            guard case .none(let reason) = copies.copy(of: graph, named: "a", fingerprint: "1", .mask) else {
                Issue.record("There is a copy")
                return
            }
            #expect(reason.contains("its bytes are no ONNX graph"))
        }
    }

    /// Weights in a file of their own, which ONNX Runtime reads from the copy's
    /// folder only.
    @Test(arguments: ["w.bin", "parts/w.bin"])
    func weightsOfTheirOwnAreLinked(name: String) async throws {
        try await inFolder { graph, copies, folder in
            try model(keepingWeightsIn: name, beside: graph)
            let copy = try file(copies.copy(of: graph, named: "a", fingerprint: "1", .mask))
            let weights = copy.deletingLastPathComponent().appending(path: name)
            let source = graph.deletingLastPathComponent().appending(path: name)
            #expect(try number(weights) == number(source))
            let session = try await ONNXRuntimeBackend().open(copy)
            let outputs = try await session.run([
                Tensor(shape: [1, 3, 32, 32], [Float](repeating: 1, count: 3072)),
                Tensor(shape: [1, 1, 32, 32], [Float](repeating: 1, count: 1024)),
            ])
            // A corner sees 2 × 2 places of 3 channels: 12 · 0.5.
            #expect(try outputs[0].floats()[0] == 6)
        }
    }

    @Test(arguments: ["../w.bin", "/tmp/w.bin", "a//b", "./w.bin"])
    func weightsElsewhereAreNotFollowed(name: String) async throws {
        try await inFolder { graph, copies, _ in
            try model(keepingWeightsIn: name, beside: graph, writes: false)
            guard case .none(let reason) = copies.copy(of: graph, named: "a", fingerprint: "1", .mask) else {
                Issue.record("There is a copy")
                return
            }
            #expect(reason.contains("outside its folder"))
        }
    }

    /// `TensorProto`: 1 dims, 2 data_type, 8 name, 13 external_data, 14
    /// data_location (onnx.proto3).
    private func model(keepingWeightsIn name: String, beside graph: URL, writes: Bool = true) throws {
        var model = try Self.model.parsed()
        let location = WireMessage([.text(1, "location"), .text(2, name)])
        let tensor = WireMessage(
            Self.weights.shape.map { .int(1, Int64($0)) } + [
                .int(2, 1), .text(8, "w"), .message(13, location), .int(14, 1),
            ])
        model.graph.message.replace(5, with: [.message(5, tensor)])
        try FileManager.default.removeItem(at: graph)
        try GraphFile.write(model, to: graph)
        guard writes else { return }
        let file = graph.deletingLastPathComponent().appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Self.weights.withElements(as: Float.self) { try Data(buffer: $0).write(to: file) }
    }
}
