public import FoveaBackends
public import Foundation

/// A backend whose sessions a test makes up.
///
/// ```swift
/// let backend = FakeBackend { file in
///     guard file.lastPathComponent == "model.onnx" else {
///         throw FoveaError(.modelInvalid, "\(file.path()) is no model.")
///     }
///     return session
/// }
/// ```
public struct FakeBackend: Backend {
    public var description: String
    private let session: @Sendable (URL) async throws -> any ModelSession

    /// - Parameter open: answers with the session for a model's file.
    public init(
        description: String = "Fake engine",
        open session: @escaping @Sendable (URL) async throws -> any ModelSession
    ) {
        self.description = description
        self.session = session
    }

    public func open(_ model: URL) async throws -> any ModelSession {
        try Task.checkCancellation()
        return try await session(model)
    }
}
