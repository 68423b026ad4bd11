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
            let opened = try await load(id)
            loads[id] = nil
            residency.loaded(id, at: clock.now)
            install(opened, for: id, took: SuspendingClock.now - begun)
        } catch {
            loads[id] = nil
            logger.error("Loading \(id.type.rawValue) model '\(id.name)' failed: \(error)")
            let message = (error as? FoveaError)?.message ?? "\(error)"
            actions.onEvent(.loadFailed(id, message: message))
            carryOut(residency.failed(id, at: clock.now))
            throw error
        }
    }

    private func load(_ id: ModelID) async throws -> OpenedModel {
        let begun = SuspendingClock.now
        return try await actions.load(id) { better in
            await self.replace(id, with: better, took: SuspendingClock.now - begun)
        }
    }

    /// Loads a model anew, whose device has failed. Those who use the old one
    /// keep it until they are done.
    ///
    /// - Throws: what loading throws; the old one then stays.
    func reload(_ id: ModelID) async throws {
        let begun = SuspendingClock.now
        let opened = try await load(id)
        replace(id, with: opened, took: SuspendingClock.now - begun)
    }

    /// Puts a model in the place of the one in memory, if there still is one.
    func replace(_ id: ModelID, with opened: OpenedModel, took: Duration) {
        guard let old = models[id] else { return }
        install(opened, for: id, took: took)
        let box = ReleaseBox([old.model])
        lastUnload = Task { [lastUnload, actions, releases] in
            await lastUnload?.value
            try? await releases.run {
                box.empty()
                actions.trim()
            }
        }
    }

    private func install(_ opened: OpenedModel, for id: ModelID, took: Duration) {
        models[id] = opened
        actions.onEvent(
            .loaded(
                id, opened.placement, bytes: residency.bytes(of: id), took: took,
                pinned: residency.keeps(id)))
    }

    /// Takes models out, releases them, and gives their memory back.
    ///
    /// - Returns: what ends when that is done, and all that was begun before.
    func unload(_ ids: [ModelID], _ reason: EngineEvent.UnloadReason) -> Task<Void, Never>? {
        guard !ids.isEmpty else { return lastUnload }
        let box = ReleaseBox(ids.compactMap { models.removeValue(forKey: $0)?.model })
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
