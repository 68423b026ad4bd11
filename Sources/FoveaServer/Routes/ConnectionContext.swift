import Hummingbird
import Logging
import NIOCore

/// What is known of the connection that a request came over.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The peer's address without its port; empty over a Unix socket.
    let client: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        client = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
