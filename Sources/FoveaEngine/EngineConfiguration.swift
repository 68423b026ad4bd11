public import FoveaCore
public import FoveaImaging

/// How an engine uses the machine.
public struct EngineConfiguration: Sendable {
    /// Pictures decoded, resized and otherwise prepared at the same time, at most.
    public var imagingThreads: Int
    /// What pictures may be at most.
    public var imageLimits: ImageLimits
    /// How much care is taken over pictures that only an embedding is wanted of.
    public var pictureDecoding: PictureDecoding
    /// Faces a run of the recogniser, at most.
    public var faceBatchSize: Int
    /// Lines of text a run of the recogniser, at most.
    public var textBatchSize: Int
    /// Rows of different requests that share a run on an accelerator, at most.
    public var sharedBatchSize: Int
    /// The `maxResolution` that text detectors are prepared for.
    public var textMaxResolution: Int
    /// How long a model stays in memory without being asked for. `nil`: for ever.
    public var modelTimeToLive: Duration?
    /// How often to look for models whose time has passed, at most.
    public var modelSweepInterval: Duration
    /// How often to look for models that run elsewhere than they should, while
    /// their device may have come back.
    public var returnInterval = Duration.seconds(60)
    /// By which devices rest that failed.
    package var now: @Sendable () -> ContinuousClock.Instant = { .now }
    /// Bytes of memory that models may take together, as far as that can be
    /// told before they are loaded. `nil`: as many as they need.
    public var memoryBudget: Int?
    /// Models that stay in memory once they are loaded.
    public var keepAlways: @Sendable (ModelID) -> Bool
    /// Is told what happens to models, in that order; must not block.
    public var onEvent: @Sendable (EngineEvent) -> Void

    public init(
        imagingThreads: Int = 2, imageLimits: ImageLimits = ImageLimits(),
        pictureDecoding: PictureDecoding = .exact, faceBatchSize: Int = 4, textBatchSize: Int = 6,
        sharedBatchSize: Int = 16, textMaxResolution: Int = 736, modelTimeToLive: Duration? = .seconds(300),
        modelSweepInterval: Duration = .seconds(10), memoryBudget: Int? = nil,
        keepAlways: @escaping @Sendable (ModelID) -> Bool = { _ in false },
        onEvent: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) {
        self.imagingThreads = imagingThreads
        self.imageLimits = imageLimits
        self.pictureDecoding = pictureDecoding
        self.faceBatchSize = faceBatchSize
        self.textBatchSize = textBatchSize
        self.sharedBatchSize = sharedBatchSize
        self.textMaxResolution = textMaxResolution
        self.modelTimeToLive = modelTimeToLive
        self.modelSweepInterval = modelSweepInterval
        self.memoryBudget = memoryBudget
        self.keepAlways = keepAlways
        self.onEvent = onEvent
    }
}
