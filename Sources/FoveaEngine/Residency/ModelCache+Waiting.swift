import FoveaCore
import Logging

extension ModelCache {
    /// Waits until others have released the memory that a model needs.
    ///
    /// - Returns: the load to wait for, if there is one.
    func turn(_ ticket: ModelResidency.Ticket, for id: ModelID) async throws -> Load? {
        logger.info("\(id.type.rawValue) model '\(id.name)' waits until others release the memory it needs")
        let begun = SuspendingClock.now
        defer { PredictionTrace.current?.add(SuspendingClock.now - begun, to: .queue) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { turns[ticket] = $0 }
        } onCancel: {
            Task { await self.giveUp(ticket) }
        }
    }

    private func giveUp(_ ticket: ModelResidency.Ticket) {
        // Its turn may just have come.
        guard let turn = turns.removeValue(forKey: ticket) else { return }
        turn.resume(throwing: CancellationError())
        carryOut(residency.cancel(ticket, at: clock.now))
    }

    func carryOut(_ admissions: [ModelResidency.Admission]) {
        for admission in admissions {
            let turn = turns.removeValue(forKey: admission.ticket)
            switch admission.decision {
            case .share: turn?.resume(returning: loads[admission.model])
            case .load(let victims):
                turn?.resume(
                    returning: startLoading(
                        admission.model, evicting: victims, isPreload: admission.isPreload))
            case .refuse(let refusal): turn?.resume(throwing: refused(refusal))
            case .wait: preconditionFailure("An admission ends a wait")
            }
        }
    }

    func refused(_ refusal: ModelResidency.Refusal) -> FoveaError {
        let error = refusal.error
        logger.error("\(error)")
        actions.onEvent(.loadFailed(refusal.model, message: error.message))
        return error
    }
}
