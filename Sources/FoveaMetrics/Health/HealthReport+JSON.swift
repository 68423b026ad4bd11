import Foundation

extension HealthReport {
    /// The report as JSON text in UTF-8; members by name, so that the same
    /// report gives the same bytes. Moments are RFC 3339 in UTC, to the second.
    public var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        // Nothing in a report can fail to be written: its numbers are finite.
        return [UInt8]((try? encoder.encode(self)) ?? Data())
    }

    /// Reads what ``json`` wrote.
    public init(json: some Sequence<UInt8>) throws {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        self = try decoder.decode(Self.self, from: Data(json))
    }
}
