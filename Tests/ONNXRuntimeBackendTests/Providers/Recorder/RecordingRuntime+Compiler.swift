import Foundation
import Testing

extension RecordingRuntime {
    static let compiler = ["/usr/bin/cc", "/usr/local/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The library's bytes, compiled once a process.
    static let compiled = Result { try compile() }

    private struct CompilerError: Error, CustomStringConvertible {
        let description: String
    }

    private static func compile() throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let code = folder.appending(component: "stub.c")
        let library = folder.appending(component: "stub.so")
        try Data(StubSource.text.utf8).write(to: code)

        // The stub's table is the one that the backend declares.
        let root = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let headers = root.appending(path: "Sources/CONNXRuntime/include")
        let errors = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: compiler ?? "/usr/bin/cc")
        process.arguments = [
            "-std=gnu11", "-shared", "-fPIC", "-I", headers.path, "-o", library.path,
            code.path,
        ]
        process.standardError = errors
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CompilerError(description: text) }
        return try Data(contentsOf: library)
    }
}

extension Trait where Self == ConditionTrait {
    /// For tests that make a library.
    static var needsCCompiler: Self {
        .enabled(
            if: RecordingRuntime.compiler != nil, "There is no C compiler `cc` to make a stub library with.")
    }
}
