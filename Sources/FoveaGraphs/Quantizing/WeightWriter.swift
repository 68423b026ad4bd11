import FoveaCore
import Foundation

/// Writes the bytes of constants to a file beside a graph, one after the other,
/// so that no more than a part of one is in memory.
struct WeightWriter {
    /// The file's name, beside the graph.
    static let name = "model.int8.data"
    /// Where constants begin: pages, so that engines can map each.
    private static let alignment = 4096

    private let file: URL
    private var handle: FileHandle?
    private var position = 0

    /// - Parameter folder: of the graph that is written; made with the first
    ///   constant.
    init(folder: URL) { file = folder.appending(component: Self.name) }

    /// Writes a constant of int8.
    ///
    /// - Parameter rows: its rows, some at a time, in order.
    /// - Returns: the constant, whose elements are in the file.
    /// - Throws: what writing throws.
    mutating func write(
        _ name: String, rows: Int, columns: Int, _ part: (Range<Int>) -> [Int8]
    ) throws -> TensorProto {
        let handle = try opened()
        let gap = (Self.alignment - position % Self.alignment) % Self.alignment
        if gap > 0 { try handle.write(contentsOf: Data(count: gap)) }
        position += gap
        let start = position
        let step = max(1, (1 << 20) / max(1, columns))
        for row in stride(from: 0, to: rows, by: step) {
            let bytes = part(row..<min(row + step, rows))
            try handle.write(contentsOf: bytes.withUnsafeBytes { Data($0) })
            position += bytes.count
        }
        return TensorProto(
            named: name, shape: [Int64(rows), Int64(columns)], type: TensorProto.ElementType.int8,
            file: Self.name, offset: start, length: position - start)
    }

    /// Waits until all is on disk.
    func finish() throws {
        try handle?.synchronize()
        try handle?.close()
    }

    private mutating func opened() throws -> FileHandle {
        if let handle { return handle }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
            throw FoveaError(.modelInvalid, "Weights cannot be written to \(file.path).")
        }
        let handle = try FileHandle(forWritingTo: file)
        self.handle = handle
        return handle
    }
}
