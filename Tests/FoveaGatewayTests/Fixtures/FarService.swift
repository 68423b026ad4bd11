import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Another service on the loopback interface, which a test kills and revives.
final class FarService: Sendable {
    struct Request: Sendable {
        var path: String
        /// By name in lower case.
        var headers: [String: String]
        var body: [UInt8]
    }

    struct Answer: Sendable {
        var status = 200
        var type = "application/json"
        var headers: [String: String] = [:]
        var body: String
    }

    /// `nil` breaks the connection off.
    typealias Answering = @Sendable (Request) async -> Answer?

    private struct State {
        var listener: (any Channel)?
        var connections: [ObjectIdentifier: any Channel] = [:]
        var requests: [Request] = []
        var port = 0
        var isSilent = false
        var isDead = false
    }

    private let state = Mutex(State())
    private let prefix: String
    private let answering: Answering

    /// - Parameters:
    ///   - prefix: what its paths begin with; others are not there.
    ///   - answering: answers to `/predict`.
    init(prefix: String = "", _ answering: @escaping Answering) {
        self.prefix = prefix
        self.answering = answering
    }

    var port: Int { state.withLock { $0.port } }
    var address: String { "http://127.0.0.1:\(port)\(prefix)" }
    /// Those for `/predict`, in their order.
    var requests: [Request] { state.withLock { $0.requests } }

    /// Listens, where it did before if it did.
    func start() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { [self] channel in
                let key = ObjectIdentifier(channel)
                let isLate = state.withLock { state in
                    state.connections[key] = channel
                    return state.isDead
                }
                // It came while the others were broken off.
                if isLate { channel.close(promise: nil) }
                channel.closeFuture.whenComplete { [self] _ in
                    state.withLock { _ = $0.connections.removeValue(forKey: key) }
                }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(service: self))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        state.withLock {
            $0.listener = listener
            $0.isDead = false
            $0.port = listener.localAddress?.port ?? 0
        }
    }

    /// As a process ends that is killed: all connections break.
    func kill() async {
        let channels = state.withLock { state in
            defer { state.listener = nil }
            state.isDead = true
            return [state.listener].compactMap(\.self) + Array(state.connections.values)
        }
        for channel in channels { try? await channel.close() }
    }

    /// From now on it takes requests, and answers none.
    func silence() { state.withLock { $0.isSilent = true } }

    fileprivate func answer(_ request: Request) async -> Answer? {
        if state.withLock({ $0.isSilent }) {
            try? await Task.sleep(for: .seconds(3600))
            return nil
        }
        switch request.path {
        case "\(prefix)/ping": return Answer(type: "text/plain", body: "pong")
        case "\(prefix)/predict":
            state.withLock { $0.requests.append(request) }
            return await answering(request)
        default: return Answer(status: 404, body: #"{"detail":"Not Found"}"#)
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let service: FarService
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []
        private var task: Task<Void, Never>?

        init(service: FarService) { self.service = service }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
            case .body(let bytes): body += bytes.readableBytesView
            case .end:
                guard let head else { return }
                let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { $1 }
                let request = Request(path: head.uri, headers: headers, body: body)
                let channel = context.channel
                task = Task { [service] in
                    guard let answer = await service.answer(request) else {
                        return channel.close(promise: nil)
                    }
                    var fields = HTTPHeaders(answer.headers.map { ($0, $1) })
                    fields.add(name: "content-type", value: answer.type)
                    fields.add(name: "content-length", value: "\(answer.body.utf8.count)")
                    let head = HTTPResponseHead(
                        version: .http1_1, status: HTTPResponseStatus(statusCode: answer.status),
                        headers: fields)
                    channel.write(HTTPServerResponsePart.head(head), promise: nil)
                    channel.write(
                        HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: answer.body))),
                        promise: nil)
                    channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
                }
            }
        }

        func channelInactive(context: ChannelHandlerContext) { task?.cancel() }
    }
}
