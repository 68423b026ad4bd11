import Crypto
import FoveaCore
package import Foundation

/// What tells, without reading them, whether a model's files have changed.
package struct FileFacts: Sendable, Hashable {
    package var sizes: [String: Int] = [:]
    package var dates: [String: Date] = [:]
}

extension InstalledModel {
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the folder cannot be listed.
    package func fileFacts() throws -> FileFacts {
        var facts = FileFacts()
        for file in try graphFiles() {
            let values = try? file.resolvingSymlinksInPath().resourceValues(
                forKeys: [.fileSizeKey, .contentModificationDateKey])
            facts.sizes[file.lastPathComponent] = values?.fileSize
            facts.dates[file.lastPathComponent] = values?.contentModificationDate
        }
        return facts
    }

    /// SHA-256 over the names and contents of the graph's files, in hexadecimal.
    /// Reads them all: about a second for each gigabyte.
    ///
    /// - Throws: ``FoveaError/Code/modelInvalid`` if one cannot be read.
    package func fingerprint() throws -> String {
        var hash = SHA256()
        for file in try graphFiles() {
            hash.update(data: Data("\(file.lastPathComponent)\n".utf8))
            do {
                let handle = try FileHandle(forReadingFrom: file)
                defer { try? handle.close() }
                while let chunk = try handle.read(upToCount: 4 << 20), !chunk.isEmpty {
                    hash.update(data: chunk)
                }
            } catch {
                throw FoveaError(
                    .modelInvalid, "Model \(id) is incomplete: \(file.path) cannot be read.", cause: error)
            }
        }
        return hash.finalize().map { String(format: "%02x", $0) }.joined()
    }

    /// What engines write beside a graph, which is no part of it.
    private static let written: Set<String> = ["anncache", "lock", "new", "tmp"]

    /// The graph and its weights: the files beside it, by name.
    private func graphFiles() throws -> [URL] {
        do {
            return try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: [.isRegularFileKey]
            ).filter { !Self.written.contains($0.pathExtension) }.filter {
                (try? $0.resolvingSymlinksInPath().resourceValues(forKeys: [.isRegularFileKey]))?
                    .isRegularFile == true
            }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        } catch {
            throw FoveaError(
                .modelInvalid, "Model \(id) cannot be read: \(folder.path) cannot be listed.", cause: error)
        }
    }
}
