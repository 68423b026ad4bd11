import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaModels
import Logging

/// Loads models on the devices that they should run on, once those are proved
/// to answer as the processor does.
///
/// ``PlacementChoice`` decides; this opens, compares and remembers.
actor ModelPlacer {
    struct Trial: Hashable {
        var model: ModelID
        var candidate: Candidate
    }

    let devices: DeviceSet
    let backends: OpenBackends
    let loader: ModelLoader
    let proofs: ProofStore
    let pool: BlockingPool
    let onEvent: @Sendable (EngineEvent) -> Void
    let logger: Logger
    let clock = ContinuousClock()
    /// By which devices rest.
    let now: @Sendable () -> ContinuousClock.Instant
    /// What text detectors are prepared for.
    let maxResolution: Int
    /// Trials take memory twice, and time that is measured: one at a time.
    let turn = Turnstile(width: 1)
    var onTrial: Set<Trial> = []
    var refusals: [Trial: (reason: String, until: ContinuousClock.Instant?)] = [:]
    /// Failures on end.
    var failures: [Trial: Int] = [:]
    var fingerprints: [ModelID: (facts: FileFacts, text: String)] = [:]
    /// Models whose graphs run as they are, and the files that was found for.
    var plainGraphs: [ModelID: String] = [:]
    /// Devices that were found not to run a model's rewritten graph.
    var asItIs: Set<Trial> = []

    init(
        devices: DeviceSet, backends: OpenBackends, loader: ModelLoader, pool: BlockingPool,
        maxResolution: Int, now: @escaping @Sendable () -> ContinuousClock.Instant,
        onEvent: @escaping @Sendable (EngineEvent) -> Void, logger: Logger
    ) {
        self.devices = devices
        self.backends = backends
        self.loader = loader
        self.pool = pool
        self.maxResolution = maxResolution
        self.now = now
        self.onEvent = onEvent
        self.logger = logger
        proofs = ProofStore(folder: devices.proofFolder)
    }

    /// Loads a model where it runs best now.
    ///
    /// - Parameter onBetter: is given the model on a better device, when that
    ///   is proved later.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` where none of its devices
    ///   can run it, with the reasons; what loading throws.
    func load(
        _ model: InstalledModel, onBetter: @escaping @Sendable (OpenedModel) async -> Void
    ) async throws -> OpenedModel {
        let plan = devices.plan(model.id)
        while true {
            try Task.checkCancellation()
            let standings = await standings(of: plan, model)
            switch PlacementChoice(standings, waits: devices.waitsForProof) {
            case .none: throw unplaceable(model.id, plan, standings)
            case .use(let index):
                if let opened = try await open(model, plan, standings, index) { return opened }
            case .tryOut(let index):
                if let opened = await tryOut(model, plan.candidates[index], wanted: plan, index) {
                    if index > 0 { tellFallback(model.id, plan, standings, opened.placement) }
                    return opened
                }
            case .useWhileTrying(let index, let candidate):
                startTrial(model, plan, standings, candidate, onBetter)
                if let opened = try await open(model, plan, standings, index) { return opened }
            }
        }
    }

    /// A run failed: the model's device is not used for it for a while.
    ///
    /// - Returns: whether there is another device to try.
    func failed(_ id: ModelID, on placement: Placement, _ error: FoveaError) -> Bool {
        let plan = devices.plan(id)
        guard
            let index = plan.candidates.firstIndex(where: {
                $0 != .reference && $0.fits(placement)
            }), index + 1 < plan.candidates.count
        else { return false }
        refuse(Trial(model: id, candidate: plan.candidates[index]), "a run failed: \(error.message)")
        return true
    }

    // MARK: Standing

    private func standings(of plan: PlacementPlan, _ model: InstalledModel) async -> [Standing] {
        var standings: [Standing] = []
        for candidate in plan.candidates {
            standings.append(await standing(of: candidate, plan, model))
        }
        return standings
    }

    private func standing(of candidate: Candidate, _ plan: PlacementPlan, _ model: InstalledModel) async
        -> Standing
    {
        guard candidate != .reference else { return .proven }
        let trial = Trial(model: model.id, candidate: candidate)
        if let refusal = refusals[trial] {
            if refusal.until.map({ $0 > now() }) ?? true { return .refused(reason: refusal.reason) }
            refusals[trial] = nil
        }
        if onTrial.contains(trial) { return .onTrial }
        let key: ProofStore.Key
        do {
            let backend = try await backends.backend(for: candidate)
            guard backend.file(in: model.folder) != nil else {
                // Immich's words, which people look for in the log.
                let name = candidate.device.kind.rawValue.uppercased()
                logger.warning("\(name) is available, but model '\(model.id.name)' does not support it.")
                return refuse(trial, "the model has no file for it", forGood: true)
            }
            key = try await proofKey(model, candidate, backend)
        } catch {
            return refuse(trial, (error as? FoveaError)?.message ?? "\(error)")
        }
        if !plan.allowsKnownBad,
            let objection = KnownBad.objection(
                to: model.id, on: candidate, key.facts, engine: key.engine)
        {
            return refuse(trial, objection, forGood: true)
        }
        if let proof = proofs.proof(for: key) {
            guard proof.passed else { return refuse(trial, proof.explanation, forGood: true) }
            return plan.accepts(proof, of: candidate) ? .proven : .slower
        }
        guard proofs.attempts(for: key) < 2 else {
            return refuse(trial, "the process ended each time when it was tried", forGood: true)
        }
        return .unknown
    }

    @discardableResult
    func refuse(_ trial: Trial, _ reason: String, forGood: Bool = false) -> Standing {
        let now = now()
        // Several requests may tell of one failure.
        if !(refusals[trial]?.until.map { $0 > now } ?? false) { failures[trial, default: 0] += 1 }
        let length = DeviceRest.length(after: failures[trial, default: 1])
        refusals[trial] = (reason, forGood ? nil : now + length)
        return .refused(reason: reason)
    }

    func proofKey(
        _ model: InstalledModel, _ candidate: Candidate, _ backend: any Backend
    ) async throws -> ProofStore.Key {
        // A quantised copy is only made where it is opened: that takes a while.
        let rewrite =
            candidate == .quantized
            ? devices.quantization : try await graph(of: model, for: candidate, by: backend).rewrite
        return try await proofKey(model, candidate, backend, rewrite)
    }

    func proofKey(
        _ model: InstalledModel, _ candidate: Candidate, _ backend: any Backend, _ rewrite: GraphRewrite?
    ) async throws -> ProofStore.Key {
        ProofStore.Key(
            model: model.id, candidate: candidate, engine: backend.description,
            facts: devices.facts(candidate.device), fingerprint: try await fingerprint(of: model),
            rewrite: rewrite?.name)
    }

    func fingerprint(of model: InstalledModel) async throws -> String {
        let facts = try await pool.run { try model.fileFacts() }
        if let known = fingerprints[model.id], known.facts == facts { return known.text }
        let fingerprint = try await pool.run(.load) { try model.fingerprint() }
        fingerprints[model.id] = (facts, fingerprint)
        return fingerprint
    }

    // MARK: Opening

    /// - Returns: `nil` where it failed and another candidate is to be tried.
    private func open(
        _ model: InstalledModel, _ plan: PlacementPlan, _ standings: [Standing], _ index: Int
    ) async throws -> OpenedModel? {
        let candidate = plan.candidates[index]
        do {
            let opened = try await opened(model, candidate, wanted: plan.wanted(insteadOf: index))
            if index > 0 { tellFallback(model.id, plan, standings, opened.placement) }
            return opened
        } catch let error as FoveaError where candidate != .reference {
            refuse(Trial(model: model.id, candidate: candidate), error.message)
            return nil
        }
    }

    /// - Parameter shapes: what a new shape is taken to cost; `nil` for what the
    ///   session says.
    func opened(
        _ model: InstalledModel, _ candidate: Candidate, wanted: Candidate?, shapes: ShapeSupport? = nil
    ) async throws -> OpenedModel {
        let backend = try await backends.backend(for: candidate)
        let graph = try await graph(of: model, for: candidate, by: backend)
        var opened = try await loader.load(
            model,
            .init(
                backend: backend, file: graph.file, compiles: candidate.device.kind.compiles,
                sharesRuns: !candidate.device.isProcessor, wanted: wanted?.device, shapes: shapes,
                precision: candidate == .quantized ? .int8 : nil))
        opened.rewrite = graph.rewrite
        opened.copy = graph.use
        return opened
    }

    /// Says that a model runs on another device than the first of its plan.
    func tellFallback(
        _ id: ModelID, _ plan: PlacementPlan, _ standings: [Standing], _ placement: Placement
    ) {
        guard let wanted = plan.wanted(insteadOf: plan.candidates.count - 1) else { return }
        guard case .refused(let reason) = standings[0] else {
            // For now: the comparison's end is told of.
            logger.info(
                "Model \(id) runs on \(placement.device) until \(wanted) was compared with the processor")
            return
        }
        logger.warning("Model \(id) runs on \(placement.device) instead of \(wanted): \(reason)")
        onEvent(
            .fellBack(id, wanted: wanted.description, device: placement.device, reason: reason))
    }

    private func unplaceable(_ id: ModelID, _ plan: PlacementPlan, _ standings: [Standing]) -> FoveaError {
        let reasons = zip(plan.candidates, standings).map { candidate, standing in
            if case .refused(let reason) = standing { "\(candidate): \(reason)" } else { "\(candidate)" }
        }
        return FoveaError(
            .engineUnavailable,
            """
            Model \(id) cannot run on any device that it may use. \(reasons.joined(separator: "; ")). \
            'fovea doctor' says what is missing; 'fallback: next' in fovea.yaml lets it run on the processor.
            """)
    }
}
