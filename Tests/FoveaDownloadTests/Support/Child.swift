import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A download in a process of its own.
final class Child: Sendable {
    struct Ending: Sendable {
        var status: Int32
        /// Whether a signal ended it.
        var isKilled: Bool
        var errors: String
    }

    private let process = Mutex<Int32?>(nil)

    /// Ends it as the system does when memory runs out: at once.
    func kill() {
        process.withLock { if let pid = $0 { _ = Glibc.kill(pid, SIGKILL) } }
    }

    /// Runs it to its end. Blocks no thread of Swift's.
    func run(_ arguments: [String]) async throws -> Ending {
        let errors = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: errors) }
        let process = Process()
        // Built beside the tests.
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "fovea-downloader")
        process.arguments = arguments
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
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
}
