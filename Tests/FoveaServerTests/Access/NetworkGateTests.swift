import FoveaServer
import Logging
import NIOCore
import NIOEmbedded
import Testing

@Suite struct NetworkGateTests {
    @Test func whoIsElsewhereIsHungUp() throws {
        let log = RecordedLog()
        let (channel, seen) = try connected(from: "203.0.113.9", log)
        #expect(!channel.isActive)
        #expect(!seen.isActive)
        #expect(log.messages(from: .warning).first?.contains("203.0.113.9 is in none of") == true)
    }

    @Test(arguments: ["192.168.1.7", "127.0.0.1", "203.0.113.1"])
    func whoIsNearGoesOn(_ client: String) throws {
        let log = RecordedLog()
        let (channel, seen) = try connected(from: client, log)
        #expect(channel.isActive && seen.isActive)
        #expect(log.messages(from: .trace).isEmpty)
        // It has done its work.
        #expect(throws: ChannelPipelineError.notFound) {
            try channel.pipeline.syncOperations.handler(type: NetworkGate.self)
        }
    }

    /// A connection to a service at 203.0.113.1 for the clients of 192.168.1.0/24.
    private func connected(
        from client: String, _ log: RecordedLog
    ) throws -> (EmbeddedChannel, ActiveHandler) {
        let rules = AccessRules(networks: [try #require(ClientNetwork("192.168.1.0/24"))])
        let doorkeeper = Doorkeeper(rules, logger: Logger(label: "test") { _ in log.handler })
        let seen = ActiveHandler()
        let channel = EmbeddedChannel(handlers: [NetworkGate(doorkeeper), seen])
        channel.localAddress = try SocketAddress(ipAddress: "203.0.113.1", port: 3003)
        let address = try SocketAddress(ipAddress: client, port: 50_000)
        channel.remoteAddress = address
        channel.connect(to: address, promise: nil)
        return (channel, seen)
    }
}

/// Remembers whether it was told that the connection is there.
private final class ActiveHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private(set) var isActive = false

    func channelActive(context: ChannelHandlerContext) { isActive = true }
}
