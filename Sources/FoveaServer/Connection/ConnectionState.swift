package import NIOCore

/// Decides what happens on one HTTP/1 connection: which parts of requests and
/// responses pass, when the connection is kept and how long anything may take.
///
/// A pure state machine: its methods take an event and return what to do.
/// ``ConnectionHandler`` does it.
package struct ConnectionState {
    /// How long a client may take.
    package struct Timeouts: Sendable {
        /// Between two requests of one connection.
        package var keepAlive: TimeAmount
        /// Between two pieces of a request, and before the first request.
        package var read: TimeAmount
        /// For one request as a whole.
        package var request: TimeAmount
        /// For closing its side after a refused request. Until then what it
        /// still sends is thrown away: closing at once would reset the
        /// connection, and the client might never see the answer.
        package var linger: TimeAmount

        package init(keepAlive: TimeAmount, read: TimeAmount, request: TimeAmount, linger: TimeAmount) {
            self.keepAlive = keepAlive
            self.read = read
            self.request = request
            self.linger = linger
        }
    }

    /// What a request's first line and headers say about the connection.
    package struct Head {
        package var isKeepAlive: Bool
        package var isHTTP10: Bool
        package var expectsContinue: Bool

        package init(isKeepAlive: Bool, isHTTP10: Bool = false, expectsContinue: Bool = false) {
            self.isKeepAlive = isKeepAlive
            self.isHTTP10 = isHTTP10
            self.expectsContinue = expectsContinue
        }
    }

    private struct Exchange {
        var isKeepAlive: Bool
        var isHTTP10: Bool
        var isReceived = false
        var isAnswering = false
    }

    private let timeouts: Timeouts
    /// Requests without a complete response, oldest first.
    private var exchanges: [Exchange] = []
    private var acceptsRequests = true
    private var isQuiescing = false
    private var isLingering = false
    private var hasServed = false
    /// When the current request began.
    private var requestBegan: NIODeadline
    /// When something was last read or a response ended.
    private var lastActivity: NIODeadline
    /// Since when nothing is read from the client, because what it has sent
    /// already waits for room. That time is not the client's.
    private var pausedSince: NIODeadline?

    package init(timeouts: Timeouts, now: NIODeadline) {
        self.timeouts = timeouts
        requestBegan = now
        lastActivity = now
    }
}

// MARK: Requests

extension ConnectionState {
    package enum InboundAction: Equatable {
        case deliver
        /// Deliver, and tell the client to go on with the body.
        case deliverAndContinue
        case drop
    }

    package mutating func requestHead(_ head: Head, now: NIODeadline) -> InboundAction {
        guard acceptsRequests, !isLingering else { return .drop }
        exchanges.append(Exchange(isKeepAlive: head.isKeepAlive, isHTTP10: head.isHTTP10))
        acceptsRequests = head.isKeepAlive
        requestBegan = now
        lastActivity = now
        // A client that pipelines does not wait to be told.
        return head.expectsContinue && exchanges.count == 1 ? .deliverAndContinue : .deliver
    }

    package mutating func requestBody(now: NIODeadline) -> InboundAction {
        guard !isLingering, exchanges.last?.isReceived == false else { return .drop }
        lastActivity = now
        return .deliver
    }

    package mutating func requestEnd(now: NIODeadline) -> InboundAction {
        guard !isLingering, exchanges.last?.isReceived == false else { return .drop }
        exchanges[exchanges.count - 1].isReceived = true
        lastActivity = now
        return .deliver
    }

    package enum FailureAction: Equatable {
        case nothing
        case close
        /// Answer with an error, then linger.
        case refuse
    }

    /// The client sent what is no HTTP, or too much of it.
    package mutating func requestFailed(now: NIODeadline) -> FailureAction {
        guard !isLingering else { return .nothing }
        acceptsRequests = false
        if let last = exchanges.lastIndex(where: \.isReceived) {
            // Whole requests that came before are still answered.
            exchanges[last].isKeepAlive = false
            return .nothing
        }
        return refuse(now: now)
    }

    private mutating func refuse(now: NIODeadline) -> FailureAction {
        if exchanges.first?.isAnswering == true { return .close }
        linger(now: now)
        return .refuse
    }
}

// MARK: Responses

extension ConnectionState {
    package enum ResponseHeadAction: Equatable {
        /// Write it, with this value of the `connection` header.
        case write(connection: String?)
        case drop
    }

    /// - Parameter isLast: whether the service wants no more of this client.
    package mutating func responseHead(isLast: Bool = false) -> ResponseHeadAction {
        guard !isLingering, let exchange = exchanges.first else { return .drop }
        exchanges[0].isAnswering = true
        // An answer to a request whose body is still under way refuses the
        // rest of it.
        exchanges[0].isKeepAlive = exchange.isKeepAlive && exchange.isReceived && !isQuiescing && !isLast
        if !exchanges[0].isKeepAlive { return .write(connection: "close") }
        return .write(connection: exchange.isHTTP10 ? "keep-alive" : nil)
    }

    /// Whether what comes after a response's head may be written.
    package var isAnswering: Bool { !isLingering && exchanges.first?.isAnswering == true }

    package enum ResponseEndAction: Equatable {
        case write
        /// Write it, close the output, and linger.
        case writeAndClose
        case drop
    }

    package mutating func responseEnd(now: NIODeadline) -> ResponseEndAction {
        guard isAnswering else { return .drop }
        let exchange = exchanges.removeFirst()
        hasServed = true
        lastActivity = now
        guard exchange.isKeepAlive, !(isQuiescing && exchanges.isEmpty) else {
            linger(now: now)
            return .writeAndClose
        }
        return .write
    }

    /// The output is closed from inside; `true` where that is news.
    package mutating func outputClosed(now: NIODeadline) -> Bool {
        if isLingering { return false }
        linger(now: now)
        return true
    }

    private mutating func linger(now: NIODeadline) {
        isLingering = true
        acceptsRequests = false
        exchanges = []
        lastActivity = now
    }
}

// MARK: Time

extension ConnectionState {
    /// What was asked for has been read; nothing more is, until
    /// ``readBegan(now:)``.
    package mutating func readCompleted(now: NIODeadline) {
        pausedSince = pausedSince ?? now
    }

    package mutating func readBegan(now: NIODeadline) {
        guard let pausedSince else { return }
        self.pausedSince = nil
        requestBegan = requestBegan + (now - pausedSince)
        lastActivity = lastActivity + (now - pausedSince)
    }

    /// When ``timeOut(now:)`` wants to be called; `nil` while the service is
    /// at work on a request or reads none of it.
    package var deadline: NIODeadline? {
        if isLingering { return lastActivity + timeouts.linger }
        guard let exchange = exchanges.first else {
            return lastActivity + (hasServed ? timeouts.keepAlive : timeouts.read)
        }
        guard !exchange.isReceived, pausedSince == nil else { return nil }
        return min(lastActivity + timeouts.read, requestBegan + timeouts.request)
    }

    package mutating func timeOut(now: NIODeadline) -> FailureAction {
        guard let deadline, deadline <= now else { return .nothing }
        if isLingering || exchanges.isEmpty { return .close }
        return refuse(now: now)
    }

    /// The service stops: what has begun is finished, nothing else is begun.
    ///
    /// - Returns: whether to close at once.
    package mutating func quiesce() -> Bool {
        isQuiescing = true
        guard exchanges.isEmpty, !isLingering else { return false }
        acceptsRequests = false
        return true
    }
}
