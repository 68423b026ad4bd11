package import FoveaCore

/// Where the models are that requests name, and where more come from.
package protocol ModelProvider: Sendable {
    /// Whether the model's files are there. May block for a moment.
    func has(_ id: ModelID) -> Bool

    /// Gets the model's files, or waits until another process has.
    ///
    /// - Parameter progress: is told now and then, from any thread.
    /// - Throws: ``FoveaError`` that says where it was looked for, and what next.
    func fetch(_ id: ModelID, progress: @escaping @Sendable (FetchProgress) -> Void) async throws

    /// Puts back what is broken or missing of a model that is there.
    ///
    /// - Returns: whether anything was put back; `false` where all is as it
    ///   should be, as far as that is known.
    /// - Throws: as ``fetch(_:progress:)``; then nothing has changed.
    func repair(_ id: ModelID, progress: @escaping @Sendable (FetchProgress) -> Void) async throws -> Bool

    /// A model was loaded. May block for a moment.
    func used(_ id: ModelID)
}

/// How far a model has come.
package struct FetchProgress: Sendable, Hashable {
    /// Bytes that are there, of all files.
    package var bytes: Int
    /// `nil` where it is not known yet.
    package var totalBytes: Int?

    package init(bytes: Int, totalBytes: Int?) {
        self.bytes = bytes
        self.totalBytes = totalBytes
    }
}
