import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A program that is built beside the tests, in a process of its own.
package final class Child: Sendable {
    package struct Ending: Sendable {
        package var status: Int32
        /// Whether a signal ended it.
        package var isKilled: Bool
        package var output: String
        package var errors: String
    }

    private let program: String
    private let process = Mutex<Int32?>(nil)

    /// - Parameter program: the executable target's name.
    package init(_ program: String) { self.program = program }

    /// Ends it as the system does when memory runs out: at once.
    package func kill() {
        process.withLock { pid in
            if let pid { _ = Glibc.kill(pid, SIGKILL) }
        }
    }

    /// Runs it to its end. Blocks no thread of Swift's.
    package func run(_ arguments: [String]) async throws -> Ending {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "fovea-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (output, errors) = (folder.appending(path: "output"), folder.appending(path: "errors"))
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        // Built beside the tests.
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: program)
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try self.process.withLock { pid in
                    try process.run()
                    pid = process.processIdentifier
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        self.process.withLock { $0 = nil }
        return Ending(
            status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
