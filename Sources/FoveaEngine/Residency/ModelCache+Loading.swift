import FoveaCore
import Logging

extension ModelCache {
    func startLoading(_ id: ModelID, evicting victims: [ModelID], isPreload: Bool) -> Load {
        // Also where nothing is evicted: a model that is being unloaded may be
        // the one to load, and is told of in this order.
        let unload = unload(victims, .evicted)
        let priority: WorkPriority = isPreload ? .low : id.type == .textual ? .high : .normal
        // Unstructured on purpose: the load serves whoever asks, so it
        // outlives a requester that hangs up, and is no part of its report.
        let load = PredictionTrace.$current.withValue(nil) {
            WorkPriority.$current.withValue(priority) {
                Task {
                    await unload?.value
                    try await finishLoading(id)
                }
            }
        }
        loads[id] = load
        return load
    }

    private func finishLoading(_ id: ModelID) async throws {
        logger.info("Loading \(id.type.rawValue) model '\(id.name)' to memory")
        actions.onEvent(.loading(id))
        let begun = SuspendingClock.now
        do {
            let (model, placement) = try await actions.load(id)
            models[id] = model
            loads[id] = nil
            residency.loaded(id, at: clock.now)
            actions.onEvent(
                .loaded(
                    id, placement, bytes: residency.bytes(of: id), took: SuspendingClock.now - begun,
                    pinned: residency.keeps(id)))
        } catch {
            loads[id] = nil
            logger.error("Loading \(id.type.rawValue) model '\(id.name)' failed: \(error)")
            let message = (error as? FoveaError)?.message ?? "\(error)"
            actions.onEvent(.loadFailed(id, message: message))
            carryOut(residency.failed(id, at: clock.now))
            throw error
        }
    }

    /// Takes models out, releases them, and gives their memory back.
    ///
    /// - Returns: what ends when that is done, and all that was begun before.
    func unload(_ ids: [ModelID], _ reason: EngineEvent.UnloadReason) -> Task<Void, Never>? {
        guard !ids.isEmpty else { return lastUnload }
        let box = ReleaseBox(ids.compactMap { models.removeValue(forKey: $0) })
        // Unstructured, because a request that is cancelled must not stop it.
        let unload = Task { [lastUnload] in
            await lastUnload?.value
            try? await releases.run { [actions] in
                box.empty()
                actions.trim()
            }
            for id in ids {
                let why = reason == .idle ? "due to inactivity" : "to make room for another"
                logger.info("Unloading \(id.type.rawValue) model '\(id.name)' \(why)")
                actions.onEvent(.unloaded(id, reason: reason))
            }
        }
        lastUnload = unload
        return unload
    }
}
