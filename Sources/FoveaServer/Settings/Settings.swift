public import FoveaCore
public import Foundation
public import Logging

/// Everything that can be set from outside, typed and checked once.
///
/// The names are those of Immich's machine-learning container, so that an
/// existing compose file goes on working, and `FOVEA_…` for what it lacks.
/// ``init(environment:)`` reads them.
public struct Settings: Sendable {
    /// Where the service listens.
    public var address: ListenAddress
    /// Who may use the service.
    package var access: AccessRules
    /// What the service proves who it is with; `nil` for connections without TLS.
    package var tls: TLSFiles?
    /// How long a connection is kept open between two requests.
    public var keepAlive: Duration
    /// How long a client may pause while it sends a request. Five times as
    /// long may the whole request take to arrive.
    public var readTimeout: Duration
    /// How large what comes from outside may be.
    public var limits: Limits
    /// Whether a request that finds no room in the queue is refused with 429
    /// instead of kept waiting.
    public var rejectsOverload: Bool
    /// How long running requests are given when the service ends.
    public var shutdownTimeout: Duration

    /// The folder that holds the models.
    public var cacheFolder: URL
    /// Which exports of the models to use; `main` is the original.
    public var modelRevision: String
    /// Whose exports of the models to fetch.
    public var modelOrganization: String
    /// Where models come from that are not there.
    public var modelSources: ModelSourceSettings
    /// How long a model stays in memory without being asked for. `nil`: for ever.
    public var modelTimeToLive: Duration?
    /// How often to look for models whose time has passed. `nil`: never.
    public var modelSweepInterval: Duration?
    /// What to load before the first request, and keep; in order.
    public var preload: [ModelID]
    /// The `maxResolution` to prepare text detection for.
    public var preloadMaxResolution: Int

    /// Faces a run of the recogniser, at most.
    public var faceBatchSize: Int
    /// Lines of text a run of the recogniser, at most.
    public var textBatchSize: Int
    /// Pictures or texts of different requests that share a run on an
    /// accelerator, at most.
    public var sharedBatchSize: Int
    /// Threads that decode and prepare pictures.
    public var requestThreads: Int
    /// How much care is taken over pictures that only an embedding is wanted of.
    public var pictureDecoding: PictureDecoding
    /// Threads between the operators of a model; 0 for the engine's default.
    public var interOpThreads: Int
    /// Threads inside an operator; 0 for the engine's default.
    public var intraOpThreads: Int
    /// Whether the engine keeps memory between runs; `nil` for its default.
    public var usesArena: Bool?
    /// Whether models are kept in the cache folder as they were laid out for this
    /// processor.
    public var packsWeights: Bool
    /// Whether models on the processor run in int8 where that passes the
    /// comparison.
    public var quantizes: Bool
    /// Bytes that a worker's models may take together; `nil` for as many as
    /// they need.
    public var memoryBudget: Int?
    /// What the configuration file says about models.
    public var modelRules: [ModelRule]

    /// Worker processes.
    public var workers: Int
    /// The devices and other services that the configuration file names: slot n
    /// has number n modulo their count. Empty for the default.
    public var places: [SlotPlace]
    /// Devices of the workers: worker n has number n modulo their count. A
    /// bare number counts the devices of the preferred kind, an address is
    /// another service. Empty where none are named.
    public var deviceIDs: [String]
    /// The device of a worker, which its gateway sets.
    public var deviceID: String
    /// How the devices of each kind are used.
    public var accelerators: AcceleratorSettings
    /// Requests that a worker is given at a time; 0 for the default.
    public var slotCapacity: Int
    /// Bytes of answers about texts that are kept for those who ask the same
    /// again.
    public var textCacheBytes: Int
    /// How long a worker may be silent before it is replaced.
    public var workerTimeout: Duration
    /// How other services are asked that slots name.
    public var services: ServiceSettings

    /// The least important messages that are logged.
    public var logLevel: Logger.Level
    /// How a line of the log is written.
    public var logFormat: LogFormat
    /// Whether logs may be coloured.
    public var usesColor: Bool

    /// What should be changed in the environment, though it still works.
    public var warnings: [String]

    /// All settings as they were read, in the order of the documentation.
    public var entries: [SettingEntry]

    /// The variables that name devices, without the paths of services.
    package var shownDevices: [String: String] {
        let names: Set = ["MACHINE_LEARNING_DEVICE_IDS", "MACHINE_LEARNING_DEVICE_ID"]
        return Dictionary(
            entries.filter { names.contains($0.name) && $0.value.contains("://") }.map {
                ($0.name, $0.value)
            },
            uniquingKeysWith: { $1 })
    }

    /// What options said, under the names of the variables they stand for, so
    /// that a process which is only given variables knows it too.
    package var givenByOptions: [String: String] {
        Dictionary(
            entries.filter { $0.source == .option }.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    }
}
