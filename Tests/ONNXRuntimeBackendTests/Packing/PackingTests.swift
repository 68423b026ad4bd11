import FoveaBackends
import FoveaCore
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

/// Models that are kept as the engine laid them out for the processor.
@Suite struct PackingTests {
    @Test func whatIsPackedAnswersTheSameAndIsUsed() async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            #expect(try await answer(of: backend, model) == Self.expected)
            let folder = try #require(try Self.entries(of: packed).first)
            #expect(try await answer(of: backend, model) == Self.expected)
            #expect(try Self.entries(of: packed) == [folder], "Once")

            // Other weights of the same length: what is answered now comes from them.
            let weights = folder.appending(path: "weights.bin")
            let count = try Data(contentsOf: weights).count
            try Data(repeating: 0, count: count).write(to: weights)
            #expect(try await answer(of: backend, model) == [0, 0, 0, 0])
        }
    }

    @Test func metadataSurvives() async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            _ = try await backend.open(model)
            #expect(try await backend.open(model).metadata == ["character": "a\nб\n"])
        }
    }

    @Test func theModelIsLeftAsItWas() async throws {
        try await withModel { model, packed in
            let before = try Data(contentsOf: model)
            _ = try await Engine.backend(.init(packedFolder: packed)).open(model)
            #expect(try Data(contentsOf: model) == before)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: model.deletingLastPathComponent().path)
            #expect(files == ["model.onnx"])
        }
    }

    @Test func aChangedModelIsPackedAnewAndTheOldOneRemoved() async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            _ = try await backend.open(model)
            let old = try Self.entries(of: packed)
            try Self.model(factor: 3).write(to: model)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: model.path)
            #expect(try await answer(of: backend, model) == [3, 6, 9, 12])
            let new = try Self.entries(of: packed)
            #expect(new.count == 1)
            #expect(new != old)
        }
    }

    @Test(arguments: ["weights.bin", "model.onnx", "packed.json"])
    func whatIsCutIsMadeAnew(file: String) async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            _ = try await backend.open(model)
            let folder = try #require(try Self.entries(of: packed).first)
            let url = folder.appending(path: file)
            let length = try Data(contentsOf: url).count
            try Data(contentsOf: url).prefix(length / 2).write(to: url)
            #expect(try await answer(of: backend, model) == Self.expected)
            #expect(try Data(contentsOf: url).count == length)
        }
    }

    @Test func aBrokenGraphOfTheRightLengthIsMadeAnew() async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            _ = try await backend.open(model)
            let folder = try #require(try Self.entries(of: packed).first)
            let graph = folder.appending(path: "model.onnx")
            let length = try Data(contentsOf: graph).count
            try Data(repeating: 0xFF, count: length).write(to: graph)
            #expect(try await answer(of: backend, model) == Self.expected)
            #expect(try Data(contentsOf: graph).first != 0xFF)
        }
    }

    @Test func whereNothingMayBeWrittenModelsLoadAsTheyAre() async throws {
        try await withModel { model, _ in
            // Not even root may make a folder in a file.
            let backend = try Engine.backend(.init(packedFolder: model.appending(path: "packed")))
            #expect(try await answer(of: backend, model) == Self.expected)
        }
    }

    @Test func attemptsThatEndedWithTheProcessAreNotRepeatedForEver() async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            _ = try await backend.open(model)
            let folder = try #require(try Self.entries(of: packed).first)
            let manager = FileManager.default
            // As two processes that were killed at it leave it.
            try manager.moveItem(at: folder, to: folder.appendingPathExtension("attempt-1"))
            #expect(try await answer(of: backend, model) == Self.expected)
            #expect(try Self.entries(of: packed) == [folder], "Once is chance")

            try manager.moveItem(at: folder, to: folder.appendingPathExtension("attempt-1"))
            try manager.createDirectory(
                at: folder.appendingPathExtension("attempt-2"), withIntermediateDirectories: false)
            #expect(try await answer(of: backend, model) == Self.expected)
            #expect(!manager.fileExists(atPath: folder.path))
        }
    }

    @Test func severalProcessesMayPackAtOnce() async throws {
        try await withModel { model, packed in
            let backends = try (0..<2).map { _ in try Engine.backend(.init(packedFolder: packed)) }
            try await withThrowingTaskGroup(of: [Float].self) { group in
                for backend in backends { group.addTask { try await answer(of: backend, model) } }
                for try await answer in group { #expect(answer == Self.expected) }
            }
            #expect(try await answer(of: backends[0], model) == Self.expected)
        }
    }

    @Test func underLoadASecondSessionAnswersTheSame() async throws {
        try await withModel { model, packed in
            let backend = try Engine.backend(.init(packedFolder: packed))
            let session = try #require(try await backend.open(model) as? ONNXRuntimeSession)
            #expect(!session.hasNarrow, "Nobody waited yet")
            let answers = try await withThrowingTaskGroup(of: [Float].self) { group in
                // It opens while the first ones run; the last ones find it there.
                for _ in 0..<10_000 where !session.hasNarrow {
                    for _ in 0..<8 { group.addTask { try await answer(of: session) } }
                    for _ in 0..<8 { #expect(try await group.next() == Self.expected) }
                }
                for _ in 0..<16 { group.addTask { try await answer(of: session) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(session.hasNarrow)
            #expect(answers == [[Float]](repeating: Self.expected, count: 16))
        }
    }

    @Test func smallModelsAreNotWorthIt() async throws {
        try await withTemporaryFolder { folder in
            let model = folder.appending(path: "model.onnx")
            try ONNXModel(
                inputs: [.init("x", .float32, [1])], outputs: [.init("y", .float32, [1])],
                nodes: [.identity("x", to: "y")]
            ).write(to: model)
            let packed = folder.appending(path: "packed")
            _ = try await Engine.backend(.init(packedFolder: packed)).open(model)
            #expect(!FileManager.default.fileExists(atPath: packed.path))
        }
    }
}

extension PackingTests {
    /// The first four of `x · 2I` for x = 1, 2, 3, ….
    private static let expected: [Float] = [2, 4, 6, 8]
    private static let side = 768

    /// `y = x · W` with `factor` on W's diagonal: 2.25 MiB.
    private static func model(factor: Float) -> ONNXModel {
        var weights = [Float](repeating: 0, count: side * side)
        for index in 0..<side { weights[index * side + index] = factor }
        return ONNXModel(
            inputs: [.init("x", .float32, ["batch", .fixed(Int64(side))])],
            outputs: [.init("y", .float32, ["batch", .fixed(Int64(side))])],
            nodes: [.init("MatMul", ["x", "w"], ["y"])],
            initializers: ["w": Tensor(shape: [side, side], weights)], metadata: ["character": "a\nб\n"])
    }

    private func withModel(_ body: (_ model: URL, _ packed: URL) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let place = folder.appending(path: "model", directoryHint: .isDirectory)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let model = place.appending(path: "model.onnx")
            try Self.model(factor: 2).write(to: model)
            try await body(model, folder.appending(path: "packed", directoryHint: .isDirectory))
        }
    }

    private func answer(of backend: ONNXRuntimeBackend, _ model: URL) async throws -> [Float] {
        try await answer(of: backend.open(model))
    }

    private func answer(of session: any ModelSession) async throws -> [Float] {
        let outputs = try await session.run([Tensor(shape: [1, Self.side], (1...Self.side).map(Float.init))])
        return Array(try outputs[0].floats().prefix(4))
    }

    private static func entries(of packed: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: packed, includingPropertiesForKeys: nil)
            .map { $0.standardizedFileURL }
    }
}
