import FoveaCore
import FoveaServer
import Foundation
import Logging
import Testing

// Escapes are those of RFC 8259, 7; times those of RFC 3339, 5.6.
@Suite struct JSONLogLineTests {
    /// 2026-11-25 03:27:07.0423 UTC.
    private let time = Date(timeIntervalSince1970: 1_795_577_227.0423)

    private func line(
        _ level: Logger.Level, _ message: Logger.Message, error: (any Error)? = nil,
        event: Logger.Metadata? = nil, logger: Logger.Metadata = [:]
    ) -> String {
        var logged = LogEvent(
            level: level, message: message, metadata: event, source: nil, file: #fileID, function: #function,
            line: #line)
        logged.error = error
        return String(decoding: JSONLogLine(logged, time: time, metadata: logger).bytes, as: UTF8.self)
    }

    @Test func anEventIsAnObject() {
        #expect(
            line(.info, "Listening on [::]:3003", logger: ["source": "background"])
                == #"{"time":"2026-11-25T03:27:07.042Z","level":"info","message":"Listening on [::]:3003","#
                + #""source":"background"}"# + "\n")
    }

    @Test func metadataAreSortedAndTheEventsWin() {
        #expect(
            line(
                .warning, "m", event: ["b": "event", "c": .array(["x", .stringConvertible(2)])],
                logger: ["b": "logger", "a": .dictionary(["z": .stringConvertible(true), "y": "1"])])
                == #"{"time":"2026-11-25T03:27:07.042Z","level":"warning","message":"m","#
                + #""a":{"y":"1","z":true},"b":"event","c":["x",2]}"# + "\n")
    }

    @Test func anErrorIsTheLastMember() {
        let text = line(
            .error, "Failed.", error: FoveaError(.engineFailed, "It broke."), logger: ["z": "1"])
        #expect(text.hasSuffix(#""message":"Failed.","z":"1","error":"It broke."}"# + "\n"))
    }

    @Test func metadataCannotPassForTheEventsOwn() {
        let text = line(
            .info, "m", logger: ["level": "critical", "time": "never", "message": "", "error": ""])
        #expect(
            text.hasSuffix(
                #""level":"info","message":"m","metadata.error":"","metadata.level":"critical","#
                    + #""metadata.message":"","metadata.time":"never"}"# + "\n"))
    }

    @Test func anEventIsOneLineWhateverItSays() {
        let text = line(.info, "a\"b\\c\nd\r\t\u{1B}[31m\u{0}é", logger: ["k\n": "v\n"])
        #expect(text.hasSuffix(#""message":"a\"b\\c\nd\r\t\u001b[31m\u0000é","k\n":"v\n"}"# + "\n"))
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 1)
    }

    @Test func sourcesAreMetadata() {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.handler = MetadataOnly()
        #expect(logger.background[metadataKey: "source"] == "background")
        #expect(logger.background.request("7")[metadataKey: "source"] == "request")
        #expect(logger.request("7")[metadataKey: "request"] == "7")
    }
}

private struct MetadataOnly: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {}
}
