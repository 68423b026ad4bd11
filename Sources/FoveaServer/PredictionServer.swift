import FoveaCore
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import UnixSignals

/// The HTTP service: the contract on the outside, a ``PredictionService`` on
/// the inside.
///
/// ```swift
/// let server = PredictionServer(service: engine, settings: try Settings(), logger: logger)
/// try await server.runUntilSignalled()
/// ```
public struct PredictionServer: Service {
    private let service: any PredictionService
    private let settings: Settings
    private let endpoint: Endpoint
    private let logger: Logger
    private let onListening: @Sendable (ListenAddress) async -> Void
    private let intake: Intake

    /// Where a server listens.
    public enum Endpoint: Sendable {
        /// The address of the settings.
        case network
        /// A socket in the file system.
        case unixSocket(path: String)
    }

    /// - Parameter intake: what lets bodies in, for those who want to see how
    ///   much it holds.
    package init(
        service: any PredictionService, settings: Settings, intake: Intake, on endpoint: Endpoint = .network,
        logger: Logger, onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.service = service
        self.settings = settings
        self.endpoint = endpoint
        self.logger = logger
        self.onListening = onListening
        self.intake = intake
    }

    /// - Parameter onListening: called once connections are accepted, with the
    ///   address that was really taken.
    public init(
        service: any PredictionService, settings: Settings, on endpoint: Endpoint = .network, logger: Logger,
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) {
        self.init(
            service: service, settings: settings, intake: Intake(settings), on: endpoint, logger: logger,
            onListening: onListening)
    }

    /// Serves until the surrounding service group shuts down gracefully, or
    /// the task is cancelled. Requests under way at a shutdown are finished.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` where the address cannot
    ///   be listened on, or the certificate cannot be used.
    public func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let address = await settings.address.reachable(on: group)
        let bindAddress: BindAddress =
            switch endpoint {
            case .network: .hostname(address.host, port: address.port)
            case .unixSocket(let path): .unixDomainSocket(path: path)
            }
        // Who has the socket's file is let in.
        let (access, tls) =
            switch endpoint {
            case .network: (settings.access, try settings.tls.map { try TLSTerminator($0, logger: logger) })
            case .unixSocket: (AccessRules(), nil)
            }
        let doorkeeper = Doorkeeper(access, logger: logger)
        let watch = Task { await tls?.watch() }
        defer { watch.cancel() }
        // At its own level of information it only says what is said below.
        var frameworkLogger = logger
        if logger.logLevel == .info { frameworkLogger.logLevel = .notice }
        let application = Application(
            responder: Responder(
                service: service, intake: intake, doorkeeper: doorkeeper, limits: settings.limits,
                logger: logger),
            server: HTTPServerBuilder { [settings] responder in
                HTTPConnection(
                    responder: responder, timeouts: ConnectionState.Timeouts(settings),
                    limits: settings.limits, doorkeeper: doorkeeper, tls: tls)
            },
            configuration: ApplicationConfiguration(
                address: bindAddress, serverName: "fovea",
                availableConnectionsDelegate: .maximum(
                    OpenFiles.connections(atMost: settings.limits.connections), logger: frameworkLogger)),
            onServerRunning: { [logger, onListening] channel in
                try? await channel.pipeline.addHandler(AcceptErrorHandler(logger: logger), position: .first)
                    .get()
                await onListening(
                    ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
            },
            eventLoopGroupProvider: .shared(group), logger: frameworkLogger)
        do {
            try await application.run()
        } catch
            where error is IOError || error is SocketAddressError || error is SocketAddressError.UnknownHost
        {
            throw FoveaError(
                .invalidSetting,
                """
                The service cannot listen on \(address): check IMMICH_HOST and IMMICH_PORT, and whether another \
                service has the port.
                """,
                cause: error)
        }
    }

    /// Serves until SIGTERM or SIGINT, then stops accepting, finishes what
    /// runs within the time of the settings and cancels what is left.
    ///
    /// A second SIGINT ends the process at once.
    ///
    /// - Parameter services: run alongside, started before the server and
    ///   stopped after it.
    public func runUntilSignalled(alongside services: [any Service] = []) async throws {
        var members = (services + [self]).map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        // Told of the end first, it is done at once, and the others go on.
        members.append(.init(service: ImpatientInterrupt(), successTerminationBehavior: .ignore))
        var configuration = ServiceGroupConfiguration(
            services: members, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.shutdownTimeout
        try await ServiceGroup(configuration: configuration).run()
    }
}

extension ConnectionState.Timeouts {
    init(_ settings: Settings) {
        self.init(
            keepAlive: TimeAmount(settings.keepAlive), read: TimeAmount(settings.readTimeout),
            request: TimeAmount(settings.readTimeout * 5), linger: .seconds(2))
    }
}

extension PredictionServer: CustomStringConvertible {
    /// Short: the service group repeats it in its log.
    public var description: String { "PredictionServer" }
}
