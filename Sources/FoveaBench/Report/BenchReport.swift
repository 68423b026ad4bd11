package import Foundation

/// A whole run of the benchmark.
package struct BenchReport: Sendable, Equatable, Codable {
    /// What ran it.
    package struct Machine: Sendable, Equatable, Codable {
        package var processor: String
        package var cores: Int
        /// Processes that wanted a core in the minute before; `nil` where that
        /// is not known. Near 0 on a quiet machine.
        package var loadAverage: Double?

        package init(processor: String, cores: Int, loadAverage: Double?) {
            self.processor = processor
            self.cores = cores
            self.loadAverage = loadAverage
        }
    }

    package var date: Date
    package var version: String
    package var machine: Machine
    /// The service's URL, or what it is.
    package var service: String
    package var pictures: Int
    package var meanPictureBytes: Int
    package var rounds: Int
    package var seconds: Double
    package var rows: [BenchRow] = []
    /// Milliseconds that pings took while pictures were being worked on.
    package var busyPingP50Milliseconds: Double?
    package var busyPingP99Milliseconds: Double?
    /// Memory of all of the service's processes at the end, mapped files left
    /// out; `nil` where that is not known.
    package var anonymousBytes: Int?
    /// And with them.
    package var residentBytes: Int?

    package init(
        date: Date, version: String, machine: Machine, service: String, pictures: [[UInt8]], rounds: Int,
        seconds: Double
    ) {
        self.date = date
        self.version = version
        self.machine = machine
        self.service = service
        self.pictures = pictures.count
        meanPictureBytes = pictures.reduce(0) { $0 + $1.count } / max(1, pictures.count)
        self.rounds = rounds
        self.seconds = seconds
    }

    /// Whether nothing was answered at all.
    package var allFailed: Bool { !rows.contains { $0.answers > 0 } }

    /// Hours for all tasks of 100,000 photos one after the other, which on one
    /// processor is as long as side by side; `nil` unless there are several.
    package var hoursPer100kPhotos: Double? {
        let hours = Dictionary(grouping: rows.filter { $0.hoursPer100kPhotos != nil }, by: \.task)
            .values.compactMap { rows in rows.compactMap(\.hoursPer100kPhotos).min() }
        return hours.count > 1 ? hours.reduce(0, +) : nil
    }

    package var json: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            encoder.dateEncodingStrategy = .iso8601
            return try encoder.encode(self) + Data("\n".utf8)
        }
    }
}
