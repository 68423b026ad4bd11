import FoveaBackends
import FoveaCore
import Foundation
import ONNXRuntimeBackend
import Testing

/// A library in a folder of its own that stands in for ONNX Runtime and
/// writes down what it is asked for; see ``StubSource``.
///
/// Each has its own file, so the system opens each as a library of its own,
/// and tests do not see each other's calls.
struct RecordingRuntime {
    let folder: URL

    /// - Parameter version: what it calls itself, and how long its table is.
    static func with<Result>(
        version: String = "1.31.1", _ body: (RecordingRuntime) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let runtime = RecordingRuntime(folder: folder)
            try Data(try Self.compiled.get()).write(to: URL(filePath: runtime.library))
            try runtime.play("version", version)
            try runtime.play("calls.log", "")
            try FileManager.default.createDirectory(
                at: runtime.model.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("a model".utf8).write(to: runtime.model)
            let result = try await body(runtime)
            #expect(runtime.calls.filter { $0.subject == "misuse" } == [])
            return result
        }
    }

    var library: String { folder.appending(component: "libonnxruntime.so").path }
    /// Only a name, under which this library registers a plug-in.
    var plugIn: String { folder.appending(component: "libplugin.so").path }
    var model: URL { folder.appending(components: "models", "visual", "model.onnx") }

    /// Where a provider may keep what it compiles: one folder for each key.
    func cacheFolders(_ provider: String) -> [String] {
        let home = model.deletingLastPathComponent().appending(component: provider)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? []
        return names.sorted().map { home.appending(component: $0).path }
    }

    /// Has the library play something: `fail`, `devices`, `assignment`.
    func play(_ part: String, _ text: String) throws {
        try Data(text.utf8).write(to: folder.appending(component: part))
    }

    func backend(
        _ device: String, _ precision: Precision = .fp32, plugIn: String? = nil,
        _ change: (inout ONNXRuntimeConfiguration) -> Void = { _ in }
    ) throws -> ONNXRuntimeBackend {
        var configuration = ONNXRuntimeConfiguration(
            libraryPath: library, device: try #require(Device(device)), precision: precision,
            plugInPath: plugIn)
        change(&configuration)
        return try ONNXRuntimeBackend(configuration: configuration)
    }

    /// Opens the model, and gives the calls about its session's options.
    func open(
        _ device: String, _ precision: Precision = .fp32, plugIn: String? = nil,
        _ change: (inout ONNXRuntimeConfiguration) -> Void = { _ in }
    ) async throws -> [RecordedCall] {
        _ = try await backend(device, precision, plugIn: plugIn, change).open(model)
        return calls.options(of: model.path)
    }

    /// The options that a provider got by calls of its own, such as `cuda`.
    func ownOptions(_ options: [RecordedCall], append: String, update: String) throws -> [String] {
        let appended = options.named(append)
        try #require(appended.count == 1)
        let updates = calls.filter { [$0.subject] == appended[0].arguments }.named(update)
        try #require(updates.count == 1)
        return updates[0].arguments
    }

    /// The error of opening the model.
    func failure(
        _ device: String, _ precision: Precision = .fp32, plugIn: String? = nil
    ) async throws -> FoveaError {
        let backend = try backend(device, precision, plugIn: plugIn)
        return try await #require(throws: FoveaError.self) { try await backend.open(model) }
    }

    /// All calls so far, in order.
    var calls: [RecordedCall] {
        let log = folder.appending(component: "calls.log")
        return ((try? String(contentsOf: log, encoding: .utf8)) ?? "").split(separator: "\n")
            .map(RecordedCall.init)
    }
}
