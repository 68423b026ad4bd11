import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A web server on the loopback interface that answers as a test wants. Each
/// connection has a thread and takes one request.
///
/// ```swift
/// let server = TestServer { request, _ in .file(bytes, for: request) }
/// defer { server.stop() }
/// ```
package final class TestServer: Sendable {
    /// Answers a request; is also told how many came before it.
    package typealias Handler = @Sendable (Request, _ number: Int) -> Answer

    package let port: Int
    private let listener: Int32
    private let handler: Handler
    private let seen = Mutex<[Request]>([])
    private let sent = Mutex<[String: Int]>([:])
    private let onSent: @Sendable (_ bytes: Int) -> Void

    /// - Parameters:
    ///   - onSent: is told, after each piece of a body, how many bytes of bodies
    ///     the server has sent by then, on the thread that sent it.
    ///   - handler: is called on any thread.
    package init(
        onSent: @escaping @Sendable (_ bytes: Int) -> Void = { _ in }, _ handler: @escaping Handler
    ) {
        self.handler = handler
        self.onSent = onSent
        (listener, port) = Self.listen()
        Thread.detachNewThread { [self] in accept() }
    }

    private static func listen() -> (socket: Int32, port: Int) {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let listener = socket(AF_INET, kind, 0)
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
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
        #if canImport(Glibc)
            _ = Glibc.listen(listener, 64)
        #else
            _ = Darwin.listen(listener, 64)
        #endif
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// Its address, without a slash at the end.
    package var base: String { "http://127.0.0.1:\(port)" }
    /// What it was asked, in order.
    package var requests: [Request] { seen.withLock(\.self) }

    /// The requests of a path, whatever their query.
    package func requests(of path: String) -> [Request] { requests.filter { $0.plainPath == path } }

    /// How many bytes of bodies it has sent of a path.
    package func bytesSent(of path: String) -> Int { sent.withLock { $0[path] ?? 0 } }
    /// How many bytes of bodies it has sent.
    package var bytesSent: Int { sent.withLock { $0.values.reduce(0, +) } }

    /// Ends the server; a test has to, or its thread stays.
    package func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func accept() {
        while true {
            #if canImport(Glibc)
                let connection = Glibc.accept(listener, nil, nil)
            #else
                let connection = Darwin.accept(listener, nil, nil)
            #endif
            guard connection >= 0 else { break }
            // A child that a test starts must not keep it open.
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            Thread.detachNewThread { [self] in serve(connection) }
        }
        // Left open: stop() may come later, and its number be another's by then.
    }

    private func serve(_ connection: Int32) {
        defer { close(connection) }
        guard let first = take(connection) else { return }
        // As a proxy, which it is for a client that takes it for one, it answers for every host.
        guard first.request.method == "CONNECT" else { return reply(to: first, connection) }
        guard Self.send(Array("HTTP/1.1 200 X\r\n\r\n".utf8)[...], to: connection),
            let second = take(connection)
        else { return }
        reply(to: second, connection)
    }

    private func take(_ connection: Int32) -> (request: Request, number: Int)? {
        guard let request = Request(readFrom: connection) else { return nil }
        return seen.withLock { seen in
            seen.append(request)
            return (request, seen.count - 1)
        }
    }

    private func reply(to taken: (request: Request, number: Int), _ connection: Int32) {
        let (request, number) = taken
        let answer = handler(request, number)
        guard Self.send(answer.head(for: request), to: connection), request.method != "HEAD" else { return }
        var pieces = BodyPieces(answer)
        while let piece = pieces.next() {
            guard Self.send(piece, to: connection) else { return }
            let bytes = sent.withLock { sent in
                sent[request.plainPath, default: 0] += piece.count
                return sent.values.reduce(0, +)
            }
            onSent(bytes)
        }
    }

    private static func send(_ bytes: ArraySlice<UInt8>, to connection: Int32) -> Bool {
        #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL)
        #else
            let flags: Int32 = 0
        #endif
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { buffer in
                #if canImport(Glibc)
                    Glibc.send(connection, buffer.baseAddress, buffer.count, flags)
                #else
                    Darwin.send(connection, buffer.baseAddress, buffer.count, flags)
                #endif
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
