import FoveaCore
import FoveaModels
import Logging

extension ModelPlacer {
    /// Tries better devices again for a model that runs on another one, where
    /// they failed and have rested since.
    ///
    /// They are compared with the processor as if they were new, because a
    /// device that opens a model need not be able to run it.
    ///
    /// - Returns: the model on a better device; `nil` where it stays.
    func returned(_ model: InstalledModel, from placement: Placement) async -> OpenedModel? {
        let plan = devices.plan(model.id)
        guard let current = plan.candidates.lastIndex(where: { $0.fits(placement) }) else { return nil }
        while !Task.isCancelled {
            let rests = plan.candidates[..<current].map { rest(of: Trial(model: model.id, candidate: $0)) }
            guard let index = DeviceRest.firstOver(rests, at: now()) else { return nil }
            let candidate = plan.candidates[index]
            refusals[Trial(model: model.id, candidate: candidate)] = nil
            logger.info("Model \(model.id) is tried on \(candidate) again")
            guard let opened = await tryOut(model, candidate, wanted: plan, index) else { continue }
            if index > 0 {
                let first = refusals[Trial(model: model.id, candidate: plan.candidates[0])]
                let standing = first.map { Standing.refused(reason: $0.reason) } ?? .unknown
                tellFallback(model.id, plan, [standing], opened.placement)
            }
            return opened
        }
        return nil
    }

    private func rest(of trial: Trial) -> DeviceRest {
        guard !onTrial.contains(trial), let refusal = refusals[trial] else { return .none }
        return refusal.until.map(DeviceRest.until) ?? .forGood
    }
}
