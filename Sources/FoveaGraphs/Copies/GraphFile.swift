import FoveaCore
package import Foundation

/// Reads and writes a model's file.
package enum GraphFile {
    /// A protobuf file is no larger: engines read no other.
    private static let maxBytes = Int(Int32.max)

    /// Maps the file into memory; its weights are read where they are needed.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` where it cannot be read or is
    ///   no model.
    package static func read(_ file: URL) throws -> ModelProto {
        let data: Data
        do {
            data = try Data(contentsOf: file, options: .alwaysMapped)
        } catch {
            throw FoveaError(
                .modelInvalid, "The model \(file.path) cannot be read: check the file's permissions.",
                cause: error)
        }
        do {
            return try ModelProto(ByteSlice(data))
        } catch let error as FoveaError {
            throw FoveaError(error.code, "\(file.path): \(error.message)", cause: error.cause)
        }
    }

    /// Bytes of a graph's file and of the weights that it has in others.
    ///
    /// - Throws: as ``read(_:)``.
    package static func byteCount(_ file: URL) throws -> Int {
        let model = try read(file)
        let own = model.parts.reduce(0) { $0 + $1.count }
        return try model.graph.initializers().reduce(own) { $0 + (try $1.externalByteCount ?? 0) }
    }

    /// Writes a model to a new file, part by part, and waits until it is on disk.
    ///
    /// - Throws: what writing throws; ``FoveaError/Code/modelInvalid`` for a
    ///   model too large for a file.
    package static func write(_ model: ModelProto, to file: URL) throws {
        let parts = model.parts
        guard parts.reduce(0, { $0 + $1.count }) <= maxBytes else {
            throw FoveaError(.modelInvalid, "The model has no room for more: its file would be over 2 GB.")
        }
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw FoveaError(.modelInvalid, "The model cannot be written to \(file.path).")
        }
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var buffer = Data()
        for part in parts {
            // Weights are written from where they are, small parts together.
            if part.count < 1 << 16 {
                part.withUnsafeBytes { buffer.append(contentsOf: $0) }
                if buffer.count >= 1 << 20 { try flush(&buffer, to: handle) }
            } else {
                try flush(&buffer, to: handle)
                try part.withUnsafeBytes { bytes in
                    guard let start = bytes.baseAddress else { return }
                    let view = Data(
                        bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count,
                        deallocator: .none)
                    try handle.write(contentsOf: view)
                }
            }
        }
        try flush(&buffer, to: handle)
        try handle.synchronize()
    }

    private static func flush(_ buffer: inout Data, to handle: FileHandle) throws {
        guard !buffer.isEmpty else { return }
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
