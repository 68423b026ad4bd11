import Foundation
import Glibc

/// A web server on the loopback interface that answers as a test wants. Each
/// connection has a thread and takes one request.
final class PackageServer: Sendable {
    struct Request: Sendable, Hashable {
        var path: String
        /// By name in lower case.
        var headers: [String: String]
    }

    struct Answer: Sendable {
        var status = 200
        var headers: [String: String] = [:]
        var body: [UInt8] = []
        /// The connection breaks off after so many bytes of the body.
        var cutAfter: Int?
    }

    let port: Int
    private let listener: Int32
    private let answer: @Sendable (Request, _ number: Int) -> Answer
    private let seen = Recorder<Request>()

    /// - Parameter answer: is called with each request and how many came before.
    init(_ answer: @escaping @Sendable (Request, _ number: Int) -> Answer) {
        self.answer = answer
        (listener, port) = Self.listen()
        Thread.detachNewThread { [self] in accept() }
    }

    private static func listen() -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(listener, address, length)
                _ = getsockname(listener, address, &length)
            }
        }
        _ = Glibc.listen(listener, 16)
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    var base: String { "http://127.0.0.1:\(port)" }
    var requests: [Request] { seen.all }

    /// Ends the server; a test has to, or its thread stays.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            guard connection >= 0 else { break }
            Thread.detachNewThread { [self] in serve(connection) }
        }
        // Left open: stop() may come later, and its number be another's by then.
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let request = Self.read(connection) else { return }
        let number = seen.record(request) - 1
        let answer = answer(request, number)
        var headers = ["Content-Length": String(answer.body.count), "Connection": "close"]
        headers.merge(answer.headers) { $1 }
        // A chunked body does not say its size.
        if headers["Transfer-Encoding"] != nil { headers["Content-Length"] = nil }
        let head =
            "HTTP/1.1 \(answer.status) X\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
        Self.write(Array(head.utf8) + answer.body.prefix(answer.cutAfter ?? .max), to: connection)
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            var byte: UInt8 = 0
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            bytes.append(byte)
        }
        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        let headers = lines.dropFirst().compactMap { line -> (String, String)? in
            let parts = line.split(separator: ":", maxSplits: 1)
            return parts.count == 2
                ? (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces)) : nil
        }
        return Request(
            path: lines[0].split(separator: " ").dropFirst().first.map(String.init) ?? "",
            headers: Dictionary(headers) { $1 })
    }

    private static func write(_ bytes: [UInt8], to connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }
}

extension PackageServer.Answer {
    /// A file, or the part of it that the request asks for.
    static func file(_ bytes: [UInt8], for request: PackageServer.Request) -> Self {
        guard let range = request.headers["range"],
            let first = Int(range.dropFirst("bytes=".count).prefix { $0 != "-" })
        else { return Self(body: bytes) }
        return Self(
            status: 206, headers: ["Content-Range": "bytes \(first)-\(bytes.count - 1)/\(bytes.count)"],
            body: Array(bytes[first...]))
    }
}
