import NIOCore
import NIOHTTP1

/// Carries out what ``ConnectionState`` decides: keep-alive, time limits,
/// `Expect: 100-continue`, answers to what is no HTTP, and an orderly end.
///
/// Stands between the HTTP/1 coder and the channel's asynchronous side.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var state: ConnectionState
    private let maximumBodySize: Int
    private let doorkeeper: Doorkeeper
    private var timer: (deadline: NIODeadline, scheduled: Scheduled<Void>)?
    /// The client asks for another protocol.
    private var wantsUpgrade = false
    /// It did, and the decoder takes no more bytes, so none are read.
    private var isDeaf = false
    private var isLingering = false

    init(timeouts: ConnectionState.Timeouts, maximumBodySize: Int, doorkeeper: Doorkeeper) {
        state = ConnectionState(timeouts: timeouts, now: .now())
        self.maximumBodySize = maximumBodySize
        self.doorkeeper = doorkeeper
    }

    func channelActive(context: ChannelHandlerContext) {
        schedule(context)
        context.fireChannelActive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.scheduled.cancel()
        timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.scheduled.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let action: ConnectionState.InboundAction
        switch unwrapInboundIn(data) {
        case .head(let head):
            let isUpgrade = head.method == .CONNECT || head.headers.contains(name: "upgrade")
            action = state.requestHead(
                ConnectionState.Head(
                    isKeepAlive: head.isKeepAlive && !isUpgrade, isHTTP10: head.version == .http1_0,
                    expectsContinue: expectsContinue(head)),
                now: .now())
            wantsUpgrade = isUpgrade
        case .body: action = state.requestBody(now: .now())
        case .end:
            action = state.requestEnd(now: .now())
            isDeaf = wantsUpgrade
        }
        schedule(context)
        guard action != .drop else { return }
        context.fireChannelRead(data)
        if action == .deliverAndContinue {
            context.writeAndFlush(
                wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
        }
    }

    /// A client that announces more than it may send, or that will not be let
    /// in, is not told to go on.
    private func expectsContinue(_ head: HTTPRequestHead) -> Bool {
        guard head.version == .http1_1, head.headers.first(name: "expect")?.lowercased() == "100-continue"
        else {
            return false
        }
        guard doorkeeper.expects(head) else { return false }
        guard let length = head.headers.first(name: "content-length") else { return true }
        return Int(length).map { $0 <= maximumBodySize } ?? false
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.readCompleted(now: .now())
        context.fireChannelReadComplete()
        // The asynchronous side asks for no more by itself.
        if isLingering { read(context: context) }
    }

    func read(context: ChannelHandlerContext) {
        state.readBegan(now: .now())
        schedule(context)
        if !isDeaf { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? HTTPParserError {
            let status: HTTPResponseStatus =
                error == .headerOverflow ? .requestHeaderFieldsTooLarge : .badRequest
            perform(state.requestFailed(now: .now()), status, context)
        }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            if state.quiesce() { context.close(promise: nil) }
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: Responses

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        defer { schedule(context) }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            let isLast = head.headers.first(name: "connection") == "close"
            guard case .write(let connection) = state.responseHead(isLast: isLast) else {
                return drop(promise)
            }
            if let connection { head.headers.replaceOrAdd(name: "connection", value: connection) }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            guard state.isAnswering else { return drop(promise) }
            context.write(data, promise: promise)
        case .end:
            switch state.responseEnd(now: .now()) {
            case .write: context.write(data, promise: promise)
            case .writeAndClose:
                context.writeAndFlush(data, promise: promise)
                linger(context)
            case .drop: drop(promise)
            }
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else { return context.close(mode: mode, promise: promise) }
        if state.outputClosed(now: .now()) { linger(context) }
        promise?.succeed()
        schedule(context)
    }

    private func drop(_ promise: EventLoopPromise<Void>?) {
        promise?.fail(ChannelError.ioOnClosedChannel)
    }

    // MARK: Ends

    private func perform(
        _ action: ConnectionState.FailureAction, _ status: HTTPResponseStatus,
        _ context: ChannelHandlerContext
    ) {
        switch action {
        case .nothing: break
        case .close: context.close(promise: nil)
        case .refuse:
            refuse(status, context)
            linger(context)
        }
        schedule(context)
    }

    private func refuse(_ status: HTTPResponseStatus, _ context: ChannelHandlerContext) {
        let detail =
            switch status {
            case .requestHeaderFieldsTooLarge: "The request's line and headers are larger than the limit."
            case .requestTimeout: "The request did not arrive in time."
            default: "The request is not valid HTTP."
            }
        let body = ByteBuffer(string: "{\"detail\":\"\(detail)\"}")
        let head = HTTPResponseHead(
            version: .http1_1, status: status,
            headers: [
                "content-type": "application/json", "content-length": "\(body.readableBytes)",
                "connection": "close",
            ])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Closes the output once everything is written, and reads on until the
    /// client closes too.
    private func linger(_ context: ChannelHandlerContext) {
        isLingering = true
        context.close(mode: .output, promise: nil)
        read(context: context)
    }

    /// Sets the timer for the state's deadline. One that is set for earlier is
    /// left alone: it finds out when it fires. That is cheaper than a new one
    /// for every piece of a body.
    private func schedule(_ context: ChannelHandlerContext) {
        guard context.channel.isActive, let deadline = state.deadline else { return }
        if let timer, timer.deadline <= deadline { return }
        timer?.scheduled.cancel()
        let loop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        let scheduled = loop.scheduleTask(deadline: deadline) {
            let (handler, context) = bound.value
            handler.timer = nil
            handler.perform(handler.state.timeOut(now: .now()), .requestTimeout, context)
        }
        timer = (deadline, scheduled)
    }
}
