package import FoveaCore
package import FoveaMetrics
package import Logging

/// Has models fetched that requests name and that are not there. The requests
/// wait meanwhile, each for as long as its client does.
///
/// ``SupplyState`` decides; this does what it says.
package actor ModelSupply {
    private typealias Continuation = CheckedContinuation<Bool, any Error>

    private let provider: any ModelProvider
    private let logger: Logger
    private let pool = BlockingPool(name: "models", width: 1)
    private let clock = SuspendingClock()
    /// Several at once share one line; many would only be late together.
    private let turn = Turnstile(width: 4)
    private var state = SupplyState()
    private var waiting: [ModelID: [UInt64: Continuation]] = [:]
    private var tasks: [ModelID: Task<Void, Never>] = [:]
    private var nextTicket: UInt64 = 0

    package init(provider: any ModelProvider, logger: Logger) {
        self.provider = provider
        self.logger = logger
    }

    /// What is being fetched; `nil` where nothing is.
    package var downloads: [HealthReport.Download]? {
        let fetches = state.fetches.map {
            HealthReport.Download($0.id, bytes: $0.progress.bytes, totalBytes: $0.progress.totalBytes)
        }
        return fetches.isEmpty ? nil : fetches
    }

    /// Returns once the models are there.
    ///
    /// - Throws: why one cannot be had; `CancellationError`.
    package func ensure(_ ids: some Sequence<ModelID>) async throws {
        for id in ids {
            var decision = state.want(id, at: clock.now)
            if case .look = decision {
                let isThere = try await pool.run { [provider] in provider.has(id) }
                if isThere {
                    state.found(id)
                    continue
                }
                decision = state.want(id, isAbsent: true, at: clock.now)
            }
            _ = try await follow(decision, id)
        }
    }

    /// A request failed that used these models: looks after those that could
    /// not be loaded.
    ///
    /// - Returns: whether it is worth another try.
    package func mend(_ ids: some Sequence<ModelID>) async throws -> Bool {
        var isMended = false
        for id in ids {
            guard let decision = state.suspect(id, at: clock.now) else { continue }
            do {
                if try await follow(decision, id) { isMended = true }
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // What the request failed with says more.
            }
        }
        return isMended
    }

    /// A worker told what became of a model.
    package func heard(_ event: EngineEvent) {
        switch event {
        case .loaded(let id, _, _, _, _):
            state.loaded(id)
            Task { try? await pool.run { [provider] in provider.used(id) } }
        case .loadFailed(let id, _): state.loadFailed(id)
        default: break
        }
    }

    /// Breaks off what is under way; what has come of it is kept for next time.
    package func shutDown() async {
        for task in tasks.values { task.cancel() }
        for task in tasks.values { await task.value }
    }

    // MARK: Work

    /// - Returns: whether anything has changed on disk.
    private func follow(_ decision: SupplyState.Decision, _ id: ModelID) async throws -> Bool {
        switch decision {
        case .ready, .look: return false
        case .refuse(let error): throw error
        case .wait(let work):
            if let work { begin(work, id) }
            return try await wait(id)
        }
    }

    private func begin(_ work: SupplyState.Work, _ id: ModelID) {
        tasks[id] = Task {
            let log = FetchLog(id, logger)
            let progress: @Sendable (FetchProgress) -> Void = { progress in
                log.tell(progress)
                Task { await self.progressed(id, progress) }
            }
            do {
                let isChanged = try await turn.pass { [provider] in
                    switch work {
                    case .fetch:
                        try await provider.fetch(id, progress: progress)
                        return true
                    case .repair: return try await provider.repair(id, progress: progress)
                    }
                }
                if work == .fetch { log.end() }
                ended(id, .success(isChanged))
            } catch {
                if !(error is CancellationError) { log.fail(error) }
                ended(id, .failure(error))
            }
        }
    }

    private func progressed(_ id: ModelID, _ progress: FetchProgress) { state.progressed(id, progress) }

    private func ended(_ id: ModelID, _ result: Result<Bool, any Error>) {
        if case .failure(let error) = result {
            state.ended(id, error, at: clock.now)
        } else {
            state.ended(id, nil, at: clock.now)
        }
        tasks[id] = nil
        for continuation in (waiting.removeValue(forKey: id) ?? [:]).values {
            continuation.resume(with: result)
        }
    }

    private func wait(_ id: ModelID) async throws -> Bool {
        nextTicket += 1
        let ticket = nextTicket
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                waiting[id, default: [:]][ticket] = continuation
            }
        } onCancel: {
            Task { await self.leave(id, ticket) }
        }
    }

    private func leave(_ id: ModelID, _ ticket: UInt64) {
        waiting[id]?.removeValue(forKey: ticket)?.resume(throwing: CancellationError())
    }
}
