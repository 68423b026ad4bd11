import FoveaBackends
import FoveaCore
import Foundation
import ONNXRuntimeBackend
import Testing

/// What was compiled for what there is no more.
@Suite(.needsCCompiler) struct OutdatedCacheTests {
    /// Opens the model and closes it.
    ///
    /// - Returns: the names of its folders.
    @discardableResult
    private func open(
        _ runtime: RecordingRuntime, _ device: String = "tensorrt:0", _ precision: Precision = .fp32,
        driver: String = "1"
    ) async throws -> Set<String> {
        _ = try await runtime.open(device, precision) { $0.driver = driver }
        return folders(runtime)
    }

    private func folders(_ runtime: RecordingRuntime) -> Set<String> {
        Set(runtime.cacheFolders("tensorrt").map { URL(filePath: $0).lastPathComponent })
    }

    private func stamp(_ runtime: RecordingRuntime, _ seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: runtime.model.path)
    }

    @Test(arguments: ["driver", "runtime", "date", "size"])
    func itGoesWhenAnotherIsCompiled(changed: String) async throws {
        try await RecordingRuntime.with { runtime in
            try stamp(runtime, 1_000_000)
            let old = try await open(runtime)
            try #require(old.count == 1)
            let compiled = URL(filePath: runtime.cacheFolders("tensorrt")[0]).appending(path: "a.engine")
            try Data("code".utf8).write(to: compiled)
            switch changed {
            case "runtime": try runtime.play("version", "1.30.0")
            case "date": try stamp(runtime, 1_000_001)
            case "size":
                try Data("another model".utf8).write(to: runtime.model)
                try stamp(runtime, 1_000_000)
            default: break
            }
            let new = try await open(runtime, driver: changed == "driver" ? "2" : "1")
            #expect(new.count == 1 && new.isDisjoint(with: old))
        }
    }

    @Test func itStaysForOtherDevicesAndPrecisions() async throws {
        try await RecordingRuntime.with { runtime in
            let first = try await open(runtime, "tensorrt:1")
            let second = try await open(runtime, "tensorrt:0", .fp16)
            #expect(second.isSuperset(of: first) && second.count == 2)
            try await open(runtime)
            let last = try await open(runtime, driver: "2")
            #expect(last.isSuperset(of: second) && last.count == 3)
        }
    }

    @Test func itStaysForAnotherFileOfTheFolder() async throws {
        try await RecordingRuntime.with { runtime in
            let first = try await open(runtime)
            let other = runtime.model.deletingLastPathComponent().appending(component: "other.onnx")
            try Data("another one".utf8).write(to: other)
            _ = try await runtime.backend("tensorrt:0") { $0.driver = "1" }.open(other)
            #expect(folders(runtime).isSuperset(of: first) && folders(runtime).count == 2)
        }
    }

    /// Immich's, or of a version that left no facts, and what cannot be read.
    @Test func whatTellsNoFactsStays() async throws {
        try await RecordingRuntime.with { runtime in
            let home = runtime.model.deletingLastPathComponent().appending(component: "tensorrt")
            for (name, text) in [("immich", nil), ("empty", ""), ("damaged", "{"), ("other", "{}")] {
                let folder = home.appending(component: name)
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                if let text { try Data(text.utf8).write(to: folder.appending(component: "fovea.json")) }
            }
            try Data().write(to: home.appending(component: "a.engine"))
            let names = try await open(runtime)
            #expect(names.isSuperset(of: ["immich", "empty", "damaged", "other", "a.engine"]))
            #expect(names.count == 6)
        }
    }

    /// One that this service used before it left facts is used on, and never
    /// removed.
    @Test func aFolderWithoutFactsIsUsed() async throws {
        try await RecordingRuntime.with { runtime in
            try await open(runtime)
            let folder = URL(filePath: runtime.cacheFolders("tensorrt")[0])
            try FileManager.default.removeItem(at: folder.appending(component: "fovea.json"))
            try Data("code".utf8).write(to: folder.appending(path: "a.engine"))
            let options = try await runtime.open("tensorrt:0") { $0.driver = "1" }
            #expect(!options.isEmpty && folders(runtime) == [folder.lastPathComponent])
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.engine"])
            #expect(try await open(runtime, driver: "2").contains(folder.lastPathComponent))
        }
    }

    /// Locks are the system's: those of this process are as good as another's.
    @Test func itStaysWhileASessionUsesIt() async throws {
        try await RecordingRuntime.with { runtime in
            let backend = try runtime.backend("tensorrt:0") { $0.driver = "1" }
            var session: (any ModelSession)? = try await backend.open(runtime.model)
            let old = folders(runtime)
            #expect(try await open(runtime, driver: "2").isSuperset(of: old))
            #expect(session != nil)
            session = nil
            #expect(try await open(runtime, driver: "3").count == 1)
        }
    }

    @Test func manyAtOnceAllHaveTheirs() async throws {
        try await RecordingRuntime.with { runtime in
            try await open(runtime, driver: "0")
            let backends = try (0..<12).map { number in
                try runtime.backend("tensorrt:0") { $0.driver = "\(number % 3 + 1)" }
            }
            let sessions = try await withThrowingTaskGroup(of: (any ModelSession).self) { group in
                for backend in backends { group.addTask { try await backend.open(runtime.model) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(sessions.count == 12 && folders(runtime).count == 3)
            for folder in runtime.cacheFolders("tensorrt") {
                #expect(FileManager.default.fileExists(atPath: folder + "/fovea.json"))
            }
            let caches = runtime.calls.flatMap(\.arguments).filter { $0.hasPrefix("trt_engine_cache_path=") }
            #expect(caches.count == 13, "Each was given a folder")
        }
    }
}
