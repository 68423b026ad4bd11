import NIOCore
import NIOPosix
import Synchronization

/// A TCP connection that sends bytes as they are: for what no HTTP client
/// would do.
struct RawConnection {
    private let inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Connects, runs `body` and hangs up.
    static func open<Result: Sendable>(
        port: Int, _ body: @Sendable (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let answer = Answer<Result>()
        do {
            try await channel.executeThenClose { inbound, outbound in
                var connection = RawConnection(
                    inbound: inbound.makeAsyncIterator(), outbound: outbound)
                let result = try await body(&connection)
                answer.value.withLock { $0 = result }
            }
        } catch ChannelError.ioOnClosedChannel {
            // Hanging up on a server that has done so already: the answer is there.
            guard answer.value.withLock({ $0 }) != nil else { throw ChannelError.ioOnClosedChannel }
        }
        guard let result = answer.value.withLock({ $0 }) else { throw ChannelError.ioOnClosedChannel }
        return result
    }

    private final class Answer<Result: Sendable>: Sendable {
        let value = Mutex<Result?>(nil)
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

    func send(_ bytes: [UInt8]) async throws { try await outbound.write(ByteBuffer(bytes: bytes)) }

    /// Everything until the server closes the connection.
    func receiveAll() async throws -> String {
        var text = ""
        var iterator = inbound
        while let next = try await iterator.next() { text += String(buffer: next) }
        return text
    }

    /// At least until `end` has come.
    func receive(until end: String) async throws -> String {
        var text = ""
        var iterator = inbound
        while !text.contains(end), let next = try await iterator.next() { text += String(buffer: next) }
        return text
    }
}

extension RawConnection {
    /// Sends `pieces`, one write each, and answers with what comes until the
    /// server closes.
    static func exchange(port: Int, _ pieces: String...) async throws -> String {
        try await open(port: port) { connection in
            for piece in pieces { try await connection.send(piece) }
            return try await connection.receiveAll()
        }
    }
}
