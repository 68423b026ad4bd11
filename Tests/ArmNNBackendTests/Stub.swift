import ArmNNBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// A library with the shim's interface that records its calls, made with the
/// system's C compiler, and a folder for the files of a test.
struct Stub {
    let folder: URL
    /// The library's file.
    let library: String

    /// Whether there is a compiler to make stubs with.
    static let isPossible = compiler != nil
    static let reason: Comment = "There is no C compiler `cc` to make stub libraries with."

    private static let compiler = ["/usr/bin/cc", "/usr/local/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// - Parameter definitions: what `shim_stub.c` tells of, such as `STUB_ABI=9`.
    static func make<Result>(
        _ definitions: [String] = [], _ body: (Stub) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let stub = Stub(
                folder: folder, library: folder.appending(path: "libstub.so").path(percentEncoded: false))
            try stub.compile(definitions)
            try Data("a network".utf8).write(to: stub.model)
            return try await body(stub)
        }
    }

    private func compile(_ definitions: [String]) throws {
        try Self.compile(
            ["-o", library, "-DSTUB_RECORD=\"\(record.path(percentEncoded: false))\""]
                + definitions.map { "-D\($0)" }
                + ["-I", Self.root.appending(path: "Sources/CArmNN/include").path(percentEncoded: false)]
                + [Self.root.appending(path: "Tests/Fixtures/armnn/shim_stub.c").path(percentEncoded: false)])
    }

    /// Has the C compiler make a library.
    static func compile(_ arguments: [String]) throws {
        let compile = Process()
        compile.executableURL = URL(filePath: try #require(compiler))
        compile.arguments = ["-shared", "-fPIC", "-Wall", "-Werror"] + arguments
        try compile.run()
        compile.waitUntilExit()
        try #require(compile.terminationStatus == 0)
    }

    private var record: URL { folder.appending(path: "calls") }

    /// The calls so far, a line each.
    var calls: [String] {
        let text = (try? String(contentsOf: record, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// A file that stands for a network.
    var model: URL { folder.appending(path: "model.armnn") }
    /// Where its compiled kernels are kept.
    var cache: URL { folder.appending(path: "model.anncache") }
    /// Where tuning is kept.
    var tuning: URL { folder.appending(path: "gpu-tuning.ann") }

    /// What is in the folder beside what the stub itself needs.
    var files: [String] {
        let all =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        return all.filter { !["libstub.so", "calls", "model.armnn"].contains($0) }.sorted()
    }

    /// A backend on the stub, which counts as the GPU's driver as well.
    func backend(_ change: (inout ArmNNConfiguration) -> Void = { _ in }) throws -> ArmNNBackend {
        var configuration = ArmNNConfiguration(libraryPath: library, driverLibraries: [library])
        change(&configuration)
        return try ArmNNBackend(configuration: configuration)
    }

    /// Loads the network, hands it to `body`, and waits until all is unloaded.
    func withSession<Result>(
        _ backend: ArmNNBackend, _ body: (any ModelSession) async throws -> Result
    ) async throws -> Result {
        let result = try await load(backend, body)
        // A pool's thread may hold the session for a moment after its run.
        await waitFor {
            calls.count(where: { $0 == "destroy" }) == calls.count(where: { $0.hasPrefix("create ") })
        }
        return result
    }

    private func load<Result>(
        _ backend: ArmNNBackend, _ body: (any ModelSession) async throws -> Result
    ) async throws -> Result {
        try await body(try await backend.open(model))
    }
}

/// Lets others work until something has come about; the suites' time limit
/// ends it where that never happens.
func waitFor(_ condition: () -> Bool) async {
    while !condition(), !Task.isCancelled { await Task.yield() }
}

/// A new folder that is gone afterwards.
func withTemporaryFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
