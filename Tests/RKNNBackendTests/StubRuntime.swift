import Foundation
import Synchronization
import Testing

/// The stub of Rockchip's runtime, compiled once a variant.
enum StubRuntime {
    /// Functions that older versions of the runtime, or broken ones, lack.
    enum Lack: String, Hashable {
        case duplicate = "NO_DUPLICATE"
        case cores = "NO_CORES"
        case shapes = "NO_SHAPES"
        case run = "NO_RUN"
    }

    static let compiler: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return ["clang", "cc", "gcc"].lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private static let compiled = Mutex<[Set<Lack>: Data]>([:])

    /// The library's bytes. Each test opens a copy of its own, which the
    /// system takes for another library: nothing is shared.
    static func library(without lacks: Set<Lack>) throws -> Data {
        try compiled.withLock { compiled in
            if let library = compiled[lacks] { return library }
            let library = try compile(lacks)
            compiled[lacks] = library
            return library
        }
    }

    private static func compile(_ lacks: Set<Lack>) throws -> Data {
        let output = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString).so")
        defer { try? FileManager.default.removeItem(at: output) }
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Stub")
        let files = ["checks.c", "loading.c", "model.c", "running.c"]
        let process = Process()
        process.executableURL = URL(filePath: try #require(compiler))
        var arguments = ["-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"]
        arguments += lacks.map { "-D\($0.rawValue)" }
        arguments += ["-o", output.path]
        arguments += files.map { sources.appending(path: $0).path }
        process.arguments = arguments + ["-lm", "-lpthread"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "The stub could not be compiled.")
        return try Data(contentsOf: output)
    }
}
