public import FoveaCore

extension HealthReport {
    /// A part of a model that is being fetched.
    public struct Download: Sendable, Equatable, Codable {
        public var name: String
        public var task: ModelTask
        public var type: ModelType
        /// Bytes that are there.
        public var bytes: Int
        /// Bytes that there will be, once that is known.
        public var totalBytes: Int?

        public init(_ id: ModelID, bytes: Int, totalBytes: Int?) {
            name = id.name
            task = id.task
            type = id.type
            self.bytes = bytes
            self.totalBytes = totalBytes
        }
    }
}
