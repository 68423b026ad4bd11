import FoveaFuzz
import Foundation

/// Keeps the input that is about to be run in a file: a crash ends the tests,
/// and leaves the file.
struct LastInput: ~Copyable {
    /// Where the file is.
    var path: String { file.path }
    private let file: URL
    private let handle: FileHandle
    private var isKept = false

    init(_ target: FuzzTarget) throws {
        file = FileManager.default.temporaryDirectory
            .appending(path: "fovea-fuzz-\(target.rawValue)-\(UUID().uuidString)")
        try Data().write(to: file)
        handle = try FileHandle(forWritingTo: file)
        print("Should this end in a crash, the input of the \(target.rawValue) is in \(path).")
    }

    func set(_ bytes: [UInt8]) throws {
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: bytes)
        try handle.truncate(atOffset: UInt64(bytes.count))
    }

    /// Leaves the file where it is.
    mutating func keep() { isKept = true }

    deinit {
        try? handle.close()
        if !isKept { try? FileManager.default.removeItem(at: file) }
    }
}
