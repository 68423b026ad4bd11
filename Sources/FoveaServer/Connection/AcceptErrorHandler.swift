import Logging
import NIOCore

/// Keeps the listening socket alive when accepting a connection fails, which
/// says nothing about the next one: the client was gone already, or the
/// process is out of file descriptors for the moment.
final class AcceptErrorHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = any Channel

    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        logger.debug("A connection could not be accepted: \(error)")
    }
}
