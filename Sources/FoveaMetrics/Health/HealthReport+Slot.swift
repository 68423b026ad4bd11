public import FoveaCore
public import Foundation

extension HealthReport {
    /// A worker process, its device, and what it has in memory.
    public struct Slot: Sendable, Equatable, Codable {
        /// From 0 on; a slot keeps it, and its device, for life.
        public var index: Int
        /// `cpu`, `cuda:0`.
        public var device: String
        public var state: SlotState
        /// The process, where there is one.
        public var pid: Int32?
        /// When it came to be in this state.
        public var since: Date
        /// Why it failed last; for people. Names no file or request.
        public var lastError: String?
        /// How often its worker was replaced.
        public var restarts: Int
        /// Memory of the process, files it has mapped included.
        public var rssBytes: Int?
        /// Memory the process has for itself alone.
        public var anonymousBytes: Int?
        /// Requests it has.
        public var running: Int
        /// In the order they were loaded.
        public var models: [Model]
        /// Models that are being compared with the processor on a device that
        /// is new to them; absent where none is.
        public var trials: [Trial]?

        public init(
            index: Int, device: String, state: SlotState, pid: Int32? = nil, since: Date,
            lastError: String? = nil, restarts: Int = 0, memory: ProcessMemory? = nil, running: Int = 0,
            models: [Model] = [], trials: [Trial] = []
        ) {
            self.index = index
            self.device = device
            self.state = state
            self.pid = pid
            self.since = since
            self.lastError = lastError
            self.restarts = restarts
            rssBytes = memory?.residentBytes
            anonymousBytes = memory?.anonymousBytes
            self.running = running
            self.models = models
            self.trials = trials.isEmpty ? nil : trials
        }
    }

    /// A model that is compared with the processor on a device.
    public struct Trial: Sendable, Equatable, Codable {
        public var name: String
        public var task: ModelTask
        public var type: ModelType
        public var device: String
        /// Shapes that the device's engine has compiled, of ``toPrepare``;
        /// `nil` for engines that compile nothing, and before that is begun.
        public var prepared: Int?
        public var toPrepare: Int?

        public init(_ id: ModelID, device: String, prepared: Int? = nil, toPrepare: Int? = nil) {
            name = id.name
            task = id.task
            type = id.type
            self.device = device
            self.prepared = prepared
            self.toPrepare = toPrepare
        }

        /// Which model this is.
        public var id: ModelID { ModelID(task, type, name: name) }
    }

    /// A model in a worker, or on its way there.
    public struct Model: Sendable, Equatable, Codable {
        /// The cleaned name: what its folder in the cache is called.
        public var name: String
        public var task: ModelTask
        public var type: ModelType
        public var state: ModelState
        /// Where it runs, and how; see `Placement`. `nil` until it is loaded.
        public var device: String?
        public var provider: String?
        public var precision: String?
        /// Memory that it takes, where that is known.
        public var bytes: Int?
        /// Why it could not be loaded; for people. Names no file.
        public var lastError: String?

        public init(
            _ id: ModelID, state: ModelState, placement: Placement? = nil, bytes: Int? = nil,
            lastError: String? = nil
        ) {
            name = id.name
            task = id.task
            type = id.type
            self.state = state
            device = placement?.device
            provider = placement?.provider
            precision = placement?.precision
            self.bytes = bytes
            self.lastError = lastError
        }

        /// Which model this is.
        public var id: ModelID { ModelID(task, type, name: name) }
    }

    /// A model that runs on another device than the settings say.
    public struct Fallback: Sendable, Equatable, Codable {
        public var name: String
        public var task: ModelTask
        public var type: ModelType
        /// The device it should run on.
        public var wanted: String
        /// The device it runs on.
        public var device: String
        /// Why; for people.
        public var reason: String

        public init(_ id: ModelID, wanted: String, device: String, reason: String) {
            name = id.name
            task = id.task
            type = id.type
            self.wanted = wanted
            self.device = device
            self.reason = reason
        }

        /// Which model this is.
        public var id: ModelID { ModelID(task, type, name: name) }
    }
}
