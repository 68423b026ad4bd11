import Foundation

extension TestServer {
    /// What the server says.
    package struct Answer: Sendable {
        package var status: Int
        package var headers: [String: String]
        package var body: [UInt8]
        /// The connection breaks off after so many bytes of the body.
        package var cutAfter: Int?
        /// Whether the body is sent again and again. Its size is not told.
        package var isEndless = false
        /// After so many bytes of the body it waits for the gate.
        package var hold: (after: Int, gate: Gate)?

        package init(
            status: Int = 200, headers: [String: String] = [:], body: [UInt8] = [], cutAfter: Int? = nil
        ) {
            self.status = status
            self.headers = headers
            self.body = body
            self.cutAfter = cutAfter
        }

        func head(for request: Request) -> ArraySlice<UInt8> {
            var headers = ["Content-Length": String(body.count), "Connection": "close"]
            headers.merge(self.headers) { $1 }
            // A chunked body does not say its size, nor does one without an end.
            if headers["Transfer-Encoding"] != nil || isEndless { headers["Content-Length"] = nil }
            let lines = headers.sorted { $0.key < $1.key }.map { "\($0): \($1)\r\n" }.joined()
            return Array("HTTP/1.1 \(status) X\r\n\(lines)\r\n".utf8)[...]
        }
    }

    /// Keeps answers back until a test lets them go.
    package final class Gate: Sendable {
        private let condition = NSCondition()
        // Touched with the condition locked only.
        private nonisolated(unsafe) var isOpen = false

        package init() {}

        /// Lets all through, from now on.
        package func open() {
            condition.withLock {
                isOpen = true
                condition.broadcast()
            }
        }

        /// Blocks until it is open.
        package func wait() {
            condition.withLock {
                while !isOpen { condition.wait() }
            }
        }
    }
}

extension TestServer.Answer {
    /// A file, or the part of it that the request asks for.
    ///
    /// A part is sent if the request's `If-Range` is the file's ETag, or it has
    /// none (RFC 9110, 13.1.5).
    package static func file(
        _ bytes: [UInt8], etag: String? = nil, for request: TestServer.Request
    ) -> Self {
        var headers = ["Accept-Ranges": "bytes"]
        headers["ETag"] = etag
        let condition = request.headers["if-range"]
        guard condition == nil || condition == etag, let range = request.range(of: bytes.count) else {
            return Self(headers: headers, body: bytes)
        }
        guard !range.isEmpty else {
            headers["Content-Range"] = "bytes */\(bytes.count)"
            return Self(status: 416, headers: headers)
        }
        headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)"
        return Self(status: 206, headers: headers, body: Array(bytes[range]))
    }

    /// Another address.
    package static func redirect(to location: String, status: Int = 302) -> Self {
        Self(
            status: status, headers: ["Location": location, "Content-Type": "text/plain; charset=utf-8"],
            body: Array("Found. Redirecting to \(location)".utf8))
    }

    /// A folder of files, by paths that start with a slash: what a plain mirror is.
    package static func files(_ files: [String: [UInt8]], for request: TestServer.Request) -> Self {
        guard let bytes = files[request.plainPath] else {
            return Self(status: 404, body: Array("not found".utf8))
        }
        return .file(bytes, for: request)
    }
}

/// A body in pieces, as far as it is sent.
struct BodyPieces: IteratorProtocol {
    private static let bytes = 16 << 10

    private let answer: TestServer.Answer
    private var offset = 0

    init(_ answer: TestServer.Answer) { self.answer = answer }

    mutating func next() -> ArraySlice<UInt8>? {
        if let hold = answer.hold, offset == min(hold.after, answer.body.count) { hold.gate.wait() }
        if offset == answer.body.count, answer.isEndless { offset = 0 }
        let end = min(
            answer.body.count, answer.cutAfter ?? .max, offset + Self.bytes,
            answer.hold.flatMap { $0.after > offset ? $0.after : nil } ?? .max)
        guard offset < end else { return nil }
        defer { offset = end }
        return answer.body[offset..<end]
    }
}
