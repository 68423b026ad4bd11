public import FoveaCore

extension HealthReport {
    /// The requests that are in the service.
    public struct Queue: Sendable, Equatable, Codable {
        /// How much may wait, and run, at a time.
        public struct Limits: Sendable, Equatable, Codable {
            /// Requests that may wait.
            public var depth: Int
            /// Bytes that waiting requests may have.
            public var bytes: Int
            /// Requests that workers may have.
            public var running: Int

            public init(depth: Int, bytes: Int, running: Int) {
                self.depth = depth
                self.bytes = bytes
                self.running = running
            }
        }

        /// Requests that wait.
        public var depth: Int
        /// The same by priority: every one of them is there.
        public var depthByPriority: [RequestPriority: Int]
        /// Bytes of the requests that wait.
        public var bytes: Int
        /// Requests that workers have.
        public var running: Int
        public var limits: Limits

        /// - Parameter depths: requests that wait, by priority; none of those
        ///   that are absent.
        public init(depths: [RequestPriority: Int], bytes: Int, running: Int, limits: Limits) {
            depth = depths.values.reduce(0, +)
            depthByPriority = depths.merging(RequestPriority.allCases.map { ($0, 0) }) { depth, _ in depth }
            self.bytes = bytes
            self.running = running
            self.limits = limits
        }
    }
}
