import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaModels
import Logging

extension ModelPlacer {
    func startTrial(
        _ model: InstalledModel, _ plan: PlacementPlan, _ standings: [Standing], _ index: Int,
        _ onBetter: @escaping @Sendable (OpenedModel) async -> Void
    ) {
        // Unstructured on purpose: it outlives the request that asked first.
        Task {
            if let opened = await self.tryOut(model, plan.candidates[index], wanted: plan, index) {
                if index > 0 { self.tellFallback(model.id, plan, standings, opened.placement) }
                await onBetter(opened)
            }
        }
    }

    /// - Returns: the model on the device, if it passed: with its rewritten
    ///   graph where it has one, else with the one that it came with.
    func tryOut(
        _ model: InstalledModel, _ candidate: Candidate, wanted plan: PlacementPlan, _ index: Int
    ) async -> OpenedModel? {
        let opened = await tried(model, candidate, wanted: plan, index)
        if opened == nil, candidate == .quantized { await removeQuantizedCopy(of: model) }
        return opened
    }

    private func tried(
        _ model: InstalledModel, _ candidate: Candidate, wanted plan: PlacementPlan, _ index: Int
    ) async -> OpenedModel? {
        let trial = Trial(model: model.id, candidate: candidate)
        onTrial.insert(trial)
        defer { onTrial.remove(trial) }
        var isRewritten = false
        do {
            let backend = try await backends.backend(for: candidate)
            // Without its copy, a quantised model is the one that it is compared with.
            if candidate != .quantized {
                isRewritten = try await graph(of: model, for: candidate, by: backend).rewrite != nil
            }
            let wanted = plan.wanted(insteadOf: index)
            let (opened, proof) = try await turn.pass { @Sendable in
                try await self.prove(model, candidate, wanted: wanted)
            }
            guard proof.passed else {
                if isRewritten {
                    return await tryAsItIs(model, candidate, wanted: plan, index, proof.explanation)
                }
                refuse(trial, proof.explanation, forGood: true)
                logger.warning(
                    "Model \(model.id) is not to run on \(candidate): \(proof.explanation)")
                return nil
            }
            failures[trial] = nil
            logger.notice(
                """
                Model \(model.id) answers on \(candidate) as on the processor: \(proof.explanation), in \
                \(proof.speedText)
                """)
            guard plan.accepts(proof, of: candidate) else {
                if candidate == .quantized {
                    refuse(trial, "it takes longer than the original", forGood: true)
                    logger.notice("Model \(model.id) is not quantised: it would take longer")
                }
                return nil
            }
            return opened
        } catch {
            let reason = (error as? FoveaError)?.message ?? "\(error)"
            if isRewritten { return await tryAsItIs(model, candidate, wanted: plan, index, reason) }
            refuse(trial, reason)
            logger.log(
                level: failures[trial, default: 1] > 1 ? .info : .warning,
                "Model \(model.id) cannot be tried on \(candidate): \(reason)")
            return nil
        }
    }

    /// A device that cannot run a rewritten graph, or not right, may run the one
    /// that it was made from.
    private func tryAsItIs(
        _ model: InstalledModel, _ candidate: Candidate, wanted plan: PlacementPlan, _ index: Int,
        _ reason: String
    ) async -> OpenedModel? {
        logger.warning(
            "Model \(model.id) is tried on \(candidate) with its graph as it is, for the rewritten one: \(reason)"
        )
        asItIs.insert(Trial(model: model.id, candidate: candidate))
        return await tryOut(model, candidate, wanted: plan, index)
    }

    /// Compares a model on a device with itself on the processor.
    ///
    /// - Throws: what opening and running throw, on either.
    func prove(_ model: InstalledModel, _ candidate: Candidate, wanted: Candidate? = nil) async throws
        -> (OpenedModel, Proof)
    {
        let backend = try await backends.backend(for: candidate)
        let key = try await proofKey(model, candidate, backend)
        await write { $0.begin(key) }
        onEvent(.trying(model.id, device: candidate.device.description))
        logger.info("Comparing \(model.id) on \(candidate) with the processor")
        let begun = clock.now
        var result: Proof?
        do {
            let probes = try await pool.run { try ProbeSet(for: model.id) }
            let opened = try await opened(model, candidate, wanted: wanted)
            if candidate.device.kind.compiles {
                try await opened.model.warmUp(maxResolution: maxResolution) { [logger, onEvent] done, total in
                    onEvent(
                        .preparing(
                            model.id, device: candidate.device.description, done: done, total: total))
                    guard done < total else { return }
                    logger.info("Preparing \(model.id) on \(candidate): shape \(done + 1) of \(total)")
                }
            }
            let examination = try await Examination(of: opened.model, with: probes)
            // A detector with a mask has the answers of the one it was made from,
            // whatever the canvas. Where there is none, both see the same canvases:
            // what padding changes is not the device's doing.
            let shapes = opened.rewrite == .mask ? nil : opened.shapes
            let reference = try await self.opened(model, .reference, wanted: nil, shapes: shapes).model
            let expected = try await Examination(of: reference, with: probes)
            let times = try await ExaminationTimes(of: opened.model, and: reference, with: probes)
            var proof = Proof(
                of: model.id, on: opened, key: key, measure: probes.measure, examination, expected, times)
            if candidate == .quantized { try await weigh(&proof, of: model) }
            result = proof
            await finish(key, proof, begun)
            return (opened, proof)
        } catch {
            await finish(key, result, begun)
            throw error
        }
    }

    private func finish(_ key: ProofStore.Key, _ proof: Proof?, _ begun: ContinuousClock.Instant) async {
        await write { $0.end(key, proof) }
        onEvent(
            .tried(
                key.model, device: key.candidate.device.description,
                passed: proof?.passed ?? false, took: begun.duration(to: clock.now)))
    }

    private func write(_ body: @escaping @Sendable (ProofStore) -> Void) async {
        try? await pool.run { [proofs] in body(proofs) }
    }
}
