import HTTPTypes
import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import Synchronization

/// Applies ``AccessRules`` to connections and requests, and tells the log who
/// is not let in.
package final class Doorkeeper: Sendable {
    private let rules: AccessRules
    private let logger: Logger
    private let times = Mutex(RefusalTimes())

    package init(_ rules: AccessRules, logger: Logger) {
        self.rules = rules
        self.logger = logger
    }

    /// Whether a connection may go on.
    func admits(_ channel: any Channel) -> Bool {
        let client = channel.remoteAddress?.ipAddress
        if rules.letsConnect(client, to: channel.localAddress?.ipAddress) { return true }
        note(403, client ?? "", "\(client ?? "A client") is in none of FOVEA_ALLOWED_NETWORKS")
        return false
    }

    /// Whether a request with this head will be let in, so that its body is
    /// worth sending.
    func expects(_ head: HTTPRequestHead) -> Bool {
        let authorization = head.headers["authorization"]
        // Of several, none counts.
        let path = URI(head.uri).path
        return
            (try? rules.admit(
                path, authorization: authorization.count == 1 ? authorization[0] : nil, from: ""))
            != nil
    }

    /// - Returns: the request's path without the secret in it.
    func admit(_ request: Request, from client: String) throws(HTTPProblem) -> String {
        do {
            return try rules.admit(
                request.uri.path, authorization: request.headers[.authorization], from: client)
        } catch {
            note(error.status.code, client, error.reason ?? error.body.text)
            throw error
        }
    }

    private func note(_ status: Int, _ client: String, _ reason: String) {
        let key = RefusalTimes.Key(status: status, client: client)
        guard times.withLock({ $0.isDue(key, at: .now()) }) else { return }
        logger.background.warning("Turned away, for a minute without further mention: \(reason)")
    }
}

/// Hangs up on those who may not connect, before anything else is spent on them.
package final class NetworkGate: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = ByteBuffer

    private let doorkeeper: Doorkeeper

    package init(_ doorkeeper: Doorkeeper) { self.doorkeeper = doorkeeper }

    package func channelActive(context: ChannelHandlerContext) {
        guard doorkeeper.admits(context.channel) else { return context.close(promise: nil) }
        context.fireChannelActive()
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}
