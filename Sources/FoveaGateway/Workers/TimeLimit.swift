/// The time was over before there was a result.
struct TooLate: Error {}

/// Runs something for no longer than that; what is not done by then is cancelled.
func within<Result: Sendable>(
    _ time: Duration, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: time)
            throw TooLate()
        }
        defer { group.cancelAll() }
        // Both end with something: the first one decides.
        guard let result = try await group.next() else { throw CancellationError() }
        return result
    }
}
