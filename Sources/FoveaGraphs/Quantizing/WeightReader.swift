import FoveaCore
import Foundation

/// Finds the elements of constants, in the graph's file or beside it. Files are
/// mapped, so that what was read can go from memory again.
struct WeightReader {
    /// The graph's own folder, symbolic links resolved.
    let folder: URL
    private var files: [String: ByteSlice] = [:]

    init(folder: URL) { self.folder = folder }

    /// The bytes of a float32 constant's elements.
    ///
    /// - Returns: `nil` where they are not in one piece.
    /// - Throws: ``FoveaError/Code/modelInvalid`` where a file is missing,
    ///   outside the folder or too short.
    mutating func floats(of tensor: TensorProto) throws -> ByteSlice? {
        guard let count = tensor.elementCount, count < Int.max / 4 else { return nil }
        guard let external = try tensor.external() else {
            return try tensor.floatBytes().flatMap { $0.count == count * 4 ? $0 : nil }
        }
        let file = try file(external.file)
        let length = external.length ?? count * 4
        guard length == count * 4, external.offset >= 0, external.offset <= file.count - length else {
            throw FoveaError(
                .modelInvalid,
                "Its weights in \(external.file) are too short: fetch the model again, it may be incomplete.")
        }
        return file[external.offset..<external.offset + length]
    }

    private mutating func file(_ name: String) throws -> ByteSlice {
        if let file = files[name] { return file }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !parts.isEmpty, parts.allSatisfy({ !["", ".", ".."].contains($0) }) else {
            throw FoveaError(.modelInvalid, "Its weights are outside its folder, in \(name).")
        }
        let url = folder.appending(path: name).resolvingSymlinksInPath()
        guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else {
            throw FoveaError(
                .modelInvalid, "Its weights in \(url.path) cannot be read: fetch the model again.")
        }
        let file = ByteSlice(data)
        files[name] = file
        return file
    }
}
