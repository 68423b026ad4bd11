public import Foundation
public import Logging

/// One event of the log as a line of JSON:
///
/// ```json
/// {"time":"2026-11-25T03:27:07.042Z","level":"info","message":"Listening","source":"background"}
/// ```
///
/// Metadata follow as members, sorted by name, and `error` last. Line feeds
/// and other control characters are escaped, so a line is an event.
public struct JSONLogLine: Sendable {
    /// UTF-8, with the line feed at its end.
    public let bytes: [UInt8]

    /// - Parameter metadata: the logger's own; the event's win over them.
    public init(_ event: LogEvent, time: Date, metadata: Logger.Metadata = [:]) {
        var writer = JSONWriter()
        writer.raw("{\"time\":")
        writer.string(Self.timestamp(time))
        writer.member("level", .string(event.level.rawValue))
        writer.member("message", .string("\(event.message)"))
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            writer.member(Self.names.contains(name) ? "metadata.\(name)" : name, value)
        }
        if let error = event.error { writer.member("error", .string("\(error)")) }
        writer.raw("}\n")
        bytes = writer.bytes
    }

    /// Members that metadata of the same name must not stand for.
    private static let names: Set<String> = ["time", "level", "message", "error"]

    /// RFC 3339 in UTC, to the millisecond.
    private static func timestamp(_ time: Date) -> String {
        let milliseconds = Int((time.timeIntervalSince1970 * 1000).rounded())
        var seconds = milliseconds / 1000
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return String(
            format: "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1,
            parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, Int32(milliseconds % 1000))
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ value: Logger.Metadata.Value) {
        raw(",")
        string(name)
        raw(":")
        metadata(value)
    }

    private mutating func metadata(_ value: Logger.Metadata.Value) {
        switch value {
        case .string(let text): string(text)
        case .stringConvertible(let number as Int): integer(number)
        case .stringConvertible(let number as Double): double(number)
        case .stringConvertible(let truth as Bool): raw(truth ? "true" : "false")
        case .stringConvertible(let value): string(value.description)
        case .array(let values): list(values) { $0.metadata($1) }
        case .dictionary(let members):
            raw("{")
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { raw(",") }
                string(member.key)
                raw(":")
                metadata(member.value)
            }
            raw("}")
        }
    }
}
