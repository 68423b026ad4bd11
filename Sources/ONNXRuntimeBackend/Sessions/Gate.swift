import FoveaCore

/// Where the runs of a session wait for their turn.
enum Gate: Sendable {
    /// So many at a time. Runs share an arena: beyond what keeps a device busy,
    /// another run at the same time only makes the arena larger.
    case width(Turnstile)
    /// As the processor's cores are divided among all sessions.
    case cores(CoreScheduler, session: UInt64, NarrowSession?)

    /// Runs `body` when its turn has come, on the session that it should use.
    ///
    /// - Parameters:
    ///   - values: of all inputs, in numbers.
    ///   - wide: the session for one run that has its device to itself.
    func pass<Result: Sendable>(
        values: Int, on wide: NativeHandle, _ body: (NativeHandle) async throws -> Result
    ) async throws -> Result {
        switch self {
        case .width(let turnstile):
            return try await turnstile.pass { try await body(wide) }
        case .cores(let scheduler, let session, let narrow):
            let handle = narrow?.handle
            return try await scheduler.pass(
                session: session, canBeNarrow: handle != nil, isLarge: values >= CoreRules.largeValues
            ) { turn in
                if turn.isBusy { narrow?.openSoon() }
                return try await body(turn.width == .narrow ? handle ?? wide : wide)
            }
        }
    }
}
