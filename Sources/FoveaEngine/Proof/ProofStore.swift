import FoveaCore
import Foundation

/// Keeps proofs on disk, so that a device is tried once for each model and not
/// after each start:
/// `<folder>/<task>_<name>_<type>_<device>_<precision>[_<rewrite>].json`.
///
/// A trial that ends the process leaves a mark behind. Two such marks count as
/// a failure, so that a driver that crashes does so twice and not for ever.
struct ProofStore: Sendable {
    let folder: URL?

    /// What a proof was made with. It counts for nothing else.
    struct Key: Sendable, Hashable, Codable {
        var model: ModelID
        var candidate: Candidate
        var engine: String
        var facts: DeviceFacts
        /// Of the model's files.
        var fingerprint: String
        /// What was done to the graph, where it runs a rewritten copy.
        var rewrite: String?
    }

    private struct Record: Codable {
        var key: Key
        /// Trials that were begun and not ended.
        var attempts = 0
        var proof: Proof?
    }

    func proof(for key: Key) -> Proof? { record(for: key)?.proof }

    /// Trials that ended with the process.
    func attempts(for key: Key) -> Int { record(for: key)?.attempts ?? 0 }

    /// A trial begins.
    func begin(_ key: Key) {
        var record = record(for: key) ?? Record(key: key)
        record.attempts += 1
        write(record)
    }

    /// A trial has ended, with a proof or with an error that proves nothing.
    func end(_ key: Key, _ proof: Proof?) {
        write(Record(key: key, proof: proof))
    }

    private func record(for key: Key) -> Record? {
        guard let url = url(of: key), let data = try? Data(contentsOf: url),
            let record = try? Self.decoder.decode(Record.self, from: data), record.key == key
        else { return nil }
        return record
    }

    /// Where nothing can be written, nothing is kept: the device is tried again
    /// after the next start.
    private func write(_ record: Record) {
        guard let folder, let url = url(of: record.key),
            let data = try? Self.encoder.encode(record)
        else { return }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try? data.write(to: url, options: .atomic)
    }

    private func url(of key: Key) -> URL? {
        let parts = [
            key.model.task.rawValue, key.model.name, key.model.type.rawValue, key.candidate.description,
        ]
        // One that failed is kept beside that of the graph as it is.
        let name = (parts + (key.rewrite.map { [$0] } ?? [])).joined(separator: "_").map {
            $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-"
        }
        return folder?.appending(component: "\(String(name)).json")
    }

    /// All that ended with a figure, by file name.
    var all: [Proof] {
        guard let folder,
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
        else { return [] }
        return files.sorted { $0.lastPathComponent < $1.lastPathComponent }.compactMap { file in
            guard let data = try? Data(contentsOf: file) else { return nil }
            return (try? Self.decoder.decode(Record.self, from: data))?.proof
        }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}
