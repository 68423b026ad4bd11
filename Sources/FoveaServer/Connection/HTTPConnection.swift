import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Sets up and serves one accepted connection.
///
/// Hummingbird's own HTTP/1 channel, but for three things: the handler that
/// watches the connection is ours, a client that closes its side counts as
/// gone, and the work for a client that is gone is cancelled.
struct HTTPConnection: HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    let responder: HTTPChannelHandler.Responder
    let timeouts: ConnectionState.Timeouts
    let limits: Limits
    let doorkeeper: Doorkeeper
    /// `nil` for connections without TLS.
    let tls: TLSTerminator?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
            try? channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
            var decoding = NIOHTTPDecoderLimitConfiguration()
            decoding.maxHeaderFieldSize = limits.headerBytes
            decoding.maxHeaderListSize = limits.headerBytes
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(NetworkGate(doorkeeper))
            if let tls { try pipeline.addHandler(tls.handler()) }
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: true, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: decoding)
            try pipeline.addHandler(
                ConnectionHandler(
                    timeouts: timeouts, maximumBodySize: limits.bodyBytes, doorkeeper: doorkeeper))
            try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: tls != nil))
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(
                    // A body that waits for room waits in the network, not here.
                    backPressureStrategy: .init(lowWatermark: 1, highWatermark: 3),
                    isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value asyncChannel: Value, logger: Logger) async {
        await withTaskGroup { group in
            group.addTask { await handleHTTP(asyncChannel: asyncChannel, logger: logger) }
            group.addTask { try? await asyncChannel.channel.closeFuture.get() }
            // Serving ends by closing, so the second task always ends. Where
            // it ends first, the client has hung up.
            await group.next()
            group.cancelAll()
        }
    }
}
