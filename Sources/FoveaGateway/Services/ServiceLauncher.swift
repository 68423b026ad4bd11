import AsyncHTTPClient
package import FoveaCore
import FoveaMetrics
package import FoveaServer
package import Logging
import Synchronization

/// Watches other services, as if they were workers: one is ready while it says
/// that it is there, and its death is that it does not.
package struct ServiceLauncher: WorkerLauncher {
    /// How closely a service is watched.
    package struct Watch: Sendable {
        /// Between two questions whether it is there.
        package var interval = Duration.seconds(3)
        /// How long an answer may take, and a connection. It looks at nothing.
        package var patience = Duration.seconds(2)
        /// Between one without an answer and the next.
        package var doubt = Duration.seconds(1)
        /// Questions without an answer that mean it is not there.
        package var tries = 2
        /// How long a request may have no answer.
        package var requestPatience: Duration

        package init(requestPatience: Duration = .seconds(300)) { self.requestPatience = requestPatience }
    }

    private let http: HTTPClient
    private let token: String?
    private let watch: Watch
    private let logger: Logger

    /// - Throws: ``FoveaError/Code/invalidSetting`` where a file of the settings
    ///   cannot be read.
    package init(_ settings: ServiceSettings, watch: Watch = Watch(), logger: Logger) throws {
        http = try ServiceClient.makeHTTPClient(settings, patience: watch.patience)
        token = settings.token
        self.watch = watch
        self.logger = logger
    }

    package func run(
        _ slot: Slot, onStart: @escaping @Sendable (any Worker) async -> Void,
        onEvent: @escaping @Sendable (WorkerEvent) async -> Void
    ) async -> Death {
        guard let address = slot.service else { return Death(.startFailed, "it is no service") }
        let client = ServiceClient(
            http: http, address: address, token: token, patience: watch.patience,
            requestPatience: watch.requestPatience)
        let (ends, end) = AsyncStream<Never>.makeStream()
        let worker = RemoteWorker(client: client, name: slot.device, logger: logger) { end.finish() }
        await onStart(worker)
        return await withTaskGroup(of: Death.self) { group in
            group.addTask {
                let fault = await follow(client, worker.alarm, onEvent)
                return Death(.unreachable, "\(address) does not answer (\(fault.reason))")
            }
            group.addTask {
                for await _ in ends {}
                return Death(.requested, "\(address) is not asked any more")
            }
            defer { group.cancelAll() }
            return await group.next() ?? Death(.requested, "\(address) is not asked any more")
        }
    }

    /// Asks the service whether it is there until it is not.
    private func follow(
        _ client: ServiceClient, _ alarm: Alarm, _ onEvent: @Sendable (WorkerEvent) async -> Void
    ) async -> ServiceFault {
        do throws(ServiceFault) {
            try await client.ping()
        } catch {
            return error
        }
        await onEvent(.ready(engine: ""))
        var failures = 0
        while true {
            await alarm.sleep(for: failures == 0 ? watch.interval : watch.doubt)
            do throws(ServiceFault) {
                try await client.ping()
                failures = 0
                await onEvent(.heartbeat(oldestCall: nil))
            } catch {
                failures += 1
                if error.isCertain || failures >= watch.tries || Task.isCancelled { return error }
            }
        }
    }

    package func shutDown() async { try? await http.shutdown() }
}

/// A service that slots ask.
private final class RemoteWorker: Worker {
    /// Has the service asked at once whether it is there.
    let alarm = Alarm()
    var processID: Int32? { nil }
    private let client: ServiceClient
    private let name: String
    private let logger: Logger
    private let end: @Sendable () -> Void
    private let warned = Mutex<Set<String>>([])

    init(client: ServiceClient, name: String, logger: Logger, end: @escaping @Sendable () -> Void) {
        self.client = client
        self.name = name
        self.logger = logger
        self.end = end
    }

    func predict(_ call: PredictionCall) async throws -> PredictionReply {
        do {
            return try await client.predict(call)
        } catch let declined as ServiceDeclined {
            // Once for each reason: there may be thousands of requests. Where it is
            // gone, that is said elsewhere.
            if !declined.isBroken, warned.withLock({ $0.insert(declined.reason).inserted }) {
                logger.warning("Service \(name) declines requests: \(declined.reason)")
            }
            if declined.isBroken { alarm.ring() }
            throw declined
        }
    }

    func stop() { end() }
    func kill() { end() }
}
