package import FoveaModels

/// How far a model is on its way.
package struct PullProgress: Sendable, Hashable {
    package enum Phase: String, Sendable, Hashable, CaseIterable {
        /// A source is asked what it has.
        case asking
        /// Another process, or host, fetches the same model.
        case waiting
        /// Bytes that an earlier attempt has fetched count as done.
        case downloading
    }

    package var home: ModelHome
    package var phase: Phase
    /// Bytes that are there.
    package var bytes: Int
    /// Bytes that are wanted, as far as that is known; 0 where it is not.
    package var total: Int

    package init(home: ModelHome, phase: Phase, bytes: Int = 0, total: Int = 0) {
        self.home = home
        self.phase = phase
        self.bytes = bytes
        self.total = total
    }
}

/// What was done to have a model.
package struct PullResult: Sendable, Hashable {
    /// Where the files came from; `nil` where none was missing.
    package var source: String?
    /// Files that were fetched.
    package var fetched: [String] = []
    /// Files that were there.
    package var kept: [String] = []
    /// Files that are there, are others than the source's, and did not come
    /// from us: they were left as they are.
    package var left: [String] = []
    /// Bytes of the files that were fetched.
    package var byteCount = 0

    package init(source: String? = nil) { self.source = source }
}
