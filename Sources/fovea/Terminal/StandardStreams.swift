import Foundation

/// Standard input, as lines of bytes.
enum StandardInput {
    /// The lines without their line feeds; the last one need not have one.
    static func lines() -> LineSequence { LineSequence(handle: .standardInput) }

    /// Everything up to the end.
    static func readAll() throws -> [UInt8] {
        [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
    }

    /// Splits what a file handle gives at line feeds, reading no further ahead
    /// than a chunk, so that a caller who writes a line gets its answer.
    struct LineSequence: Sequence, IteratorProtocol {
        private let handle: FileHandle
        private var pending = Data()
        private var ended = false

        init(handle: FileHandle) { self.handle = handle }

        mutating func next() -> Data? {
            while true {
                if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = pending[..<end]
                    pending = pending[pending.index(after: end)...]
                    return Data(line)
                }
                if ended {
                    defer { pending = Data() }
                    return pending.isEmpty ? nil : Data(pending)
                }
                let chunk = handle.availableData
                if chunk.isEmpty { ended = true } else { pending = Data(pending) + chunk }
            }
        }
    }
}

/// Standard error, for what is no part of an answer.
enum StandardError {
    static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// Standard output, written at once.
enum StandardOutput {
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    static func write(_ text: String) { write(Array(text.utf8)) }

    static func write(_ bytes: [UInt8]) {
        // A reader that went away, as in `| head`, is not an error worth a trace.
        try? FileHandle.standardOutput.write(contentsOf: Data(bytes))
    }
}
