public import FoveaBackends
public import FoveaCore
import FoveaImaging
public import FoveaModels
public import Logging

/// Answers prediction requests in this process.
///
/// Loads a model when it is first asked for, once however many ask, and
/// unloads it when nobody has for a while. For example:
///
/// ```swift
/// let engine = Engine(store: ModelStore(folder: cache), backend: try ONNXRuntimeBackend())
/// let (response, report) = try await engine.predict(
///     PredictionRequest(payload: .text("a dog"), steps: [.clipTextual(model: "ViT-B-32__openai", language: nil)]))
/// ```
public final class Engine: Sendable {
    /// Which calls into native code are under way, for a watchdog.
    public let nativeCalls = NativeCalls()

    private let store: ModelStore
    private let configuration: EngineConfiguration
    private let pool: BlockingPool
    private let decoder: ImageDecoder
    private let models: ModelCache
    private let placer: ModelPlacer

    /// An engine with one backend, whose answers are taken as they are.
    public convenience init(
        store: ModelStore, backend: any Backend, configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "fovea.engine")
    ) {
        self.init(
            store: store, devices: DeviceSet(backend), configuration: configuration, logger: logger)
    }

    /// An engine with the devices that it may use.
    public init(
        store: ModelStore, devices: DeviceSet, configuration: EngineConfiguration = EngineConfiguration(),
        logger: Logger = Logger(label: "fovea.engine")
    ) {
        self.store = store
        self.configuration = configuration
        pool = BlockingPool(name: "imaging", width: configuration.imagingThreads)
        decoder = ImageDecoder(limits: configuration.imageLimits)
        let loader = ModelLoader(
            pool: pool, calls: nativeCalls, faceBatchSize: configuration.faceBatchSize,
            textBatchSize: configuration.textBatchSize, sharedBatchSize: configuration.sharedBatchSize,
            logger: logger)
        let backends = OpenBackends(devices.open)
        let placer = ModelPlacer(
            devices: devices, backends: backends, loader: loader, pool: pool,
            maxResolution: configuration.textMaxResolution, now: configuration.now,
            onEvent: configuration.onEvent, logger: logger)
        self.placer = placer
        models = ModelCache(
            residency: ModelResidency(
                timeToLive: configuration.modelTimeToLive, memoryBudget: configuration.memoryBudget,
                keepAlways: configuration.keepAlways),
            actions: ModelCache.Actions(
                estimate: { [store, pool] id in
                    try await pool.run { MemoryEstimate.bytes(of: try store.locate(id)) }
                },
                load: { [store] id, onBetter in
                    try await placer.load(try store.locate(id), onBetter: onBetter)
                },
                trim: { backends.trimMemory() },
                onEvent: configuration.onEvent),
            logger: logger)
    }

    /// Runs every step of the request; tasks run side by side, the steps of
    /// one task after each other.
    ///
    /// - Returns: what was found, and where it was computed and what took how
    ///   long.
    /// - Throws: `FoveaError`: ``FoveaError/Code/modelNotFound``,
    ///   ``FoveaError/Code/undecodablePicture``,
    ///   ``FoveaError/Code/limitExceeded``, ``FoveaError/Code/invalidRequest``
    ///   for a text sent to an image model or a picture sent to a text model,
    ///   ``FoveaError/Code/outOfMemory`` for a model larger than the memory
    ///   budget leaves, and what loading and running throw. `CancellationError` when the
    ///   task is cancelled.
    public func predict(
        _ request: PredictionRequest
    ) async throws -> (response: PredictionResponse, report: PredictionReport) {
        let trace = PredictionTrace()
        // A text is typed by somebody who waits; pictures come by the thousand.
        let isTyped = request.steps.allSatisfy { $0.model.type == .textual }
        let response = try await PredictionTrace.$current.withValue(trace) {
            try await WorkPriority.$current.withValue(isTyped ? .high : .normal) {
                try await answer(request)
            }
        }
        return (response, trace.report)
    }

    /// Loads a model and keeps it for good. Requests go first where both wait
    /// for memory or a thread.
    ///
    /// - Throws: what loading throws.
    public func preload(_ id: ModelID) async throws {
        try await models.pin(id)
    }

    /// Unloads idle models, and moves others back to the devices that they should
    /// run on, until the task is cancelled.
    public func run() async {
        async let returns: Void = {
            while (try? await Task.sleep(for: configuration.returnInterval)) != nil {
                // Unstructured on purpose: a compiler must not hold up the end.
                Task { await returnModels() }
            }
        }()
        await models.sweep(every: configuration.modelSweepInterval)
        await returns
    }

    /// Tries devices again that failed models in memory, and have rested.
    package func returnModels() async {
        for (id, placement) in await models.displaced() {
            let begun = SuspendingClock.now
            guard let model = try? store.locate(id),
                let opened = await placer.returned(model, from: placement)
            else { continue }
            await models.replace(id, with: opened, took: SuspendingClock.now - begun)
        }
    }

    private func answer(_ request: PredictionRequest) async throws -> PredictionResponse {
        // Before any work: a name that leads nowhere is the cheapest mistake to find.
        for step in request.steps { _ = try store.locate(step.model) }

        let subject: Subject
        switch request.payload {
        case .image(let bytes):
            subject = try await pool.run(.decode) { [decoder, configuration] in
                try Subject(
                    picture: bytes, for: request.steps, decoder: decoder,
                    decoding: configuration.pictureDecoding)
            }
        case .text(let text): subject = .text(text)
        }

        let tasks = request.stepsByTask()
        let answers = try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
            for (index, steps) in tasks.enumerated() {
                group.addTask { (index, try await self.answer(steps, about: subject)) }
            }
            return try await group.reduce(into: [Int: Answer]()) { $0[$1.0] = $1.1 }
        }
        return PredictionResponse(
            answers: tasks.indices.compactMap { index in
                answers[index].map { (task: tasks[index][0].model.task, answer: $0) }
            },
            imageSize: subject.imageSize)
    }

    private func answer(_ steps: [PredictionRequest.Step], about subject: Subject) async throws -> Answer {
        var answer: Answer?
        for step in steps {
            // The lease ends with the step: a request that waits for a model
            // must not keep another in memory.
            answer = try await run(step, on: subject, after: answer)
        }
        guard let answer else {
            throw FoveaError(.invalidRequest, "No model task requested.")
        }
        return answer
    }
}

extension Engine {
    /// Runs one step; once more on another device where an accelerator fails.
    private func run(
        _ step: PredictionRequest.Step, on subject: Subject, after previous: Answer?
    ) async throws -> Answer {
        do {
            return try await models.withModel(step.model) { model in
                try await model.run(step, on: subject, after: previous)
            }
        } catch let error as FoveaError where error.code == .engineFailed {
            guard let placement = await models.placement(of: step.model),
                await placer.failed(step.model, on: placement, error)
            else { throw error }
            try await models.reload(step.model)
            return try await models.withModel(step.model) { model in
                try await model.run(step, on: subject, after: previous)
            }
        }
    }

    /// Compares a model's answers on a device with the processor's, now.
    ///
    /// - Throws: ``FoveaError/Code/modelNotFound``,
    ///   ``FoveaError/Code/engineUnavailable``, and what loading and running throw.
    public func prove(_ id: ModelID, on candidate: Candidate) async throws -> Proof {
        let model = try store.locate(id)
        let proof = try await placer.prove(model, candidate).1
        if candidate == .quantized, !proof.passed || proof.isSlower {
            await placer.removeQuantizedCopy(of: model)
        }
        return proof
    }
}

extension PredictionRequest {
    /// The steps of each task in the order they run, tasks in the order they
    /// were first named.
    fileprivate func stepsByTask() -> [[Step]] {
        var order: [ModelTask] = []
        var steps: [ModelTask: [Step]] = [:]
        for step in self.steps {
            let task = step.model.task
            if steps[task] == nil { order.append(task) }
            steps[task, default: []].append(step)
        }
        return order.compactMap { task in
            steps[task]?.sorted { first, second in
                let types = task.types
                return (types.firstIndex(of: first.model.type) ?? 0)
                    < (types.firstIndex(of: second.model.type) ?? 0)
            }
        }
    }
}
