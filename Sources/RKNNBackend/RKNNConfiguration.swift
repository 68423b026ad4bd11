import FoveaCore

/// How Rockchip's runtime is found and how it runs models.
public struct RKNNConfiguration: Sendable {
    /// The library's file, or a folder that holds it. `nil` looks where
    /// `LIBRKNNRT_PATH` says, then at `/usr/lib/librknnrt.so`, then where the
    /// system looks.
    public var libraryPath: String?

    /// Runs of one model at the same time, which is also how often the model
    /// is in the NPU's memory where the runtime cannot share it. At least 1.
    public var threads: Int

    /// Which of the NPU's cores models run on.
    public var coreMask: CoreMask

    /// Short side of the pictures that text is looked for in, in pixels: the
    /// export of a text detector that is taken where a model has several.
    public var ocrShortSide: Int

    /// Is given what people look for in the log, in Immich's words.
    public var log: (@Sendable (String) -> Void)?

    public init(
        libraryPath: String? = nil,
        threads: Int = 1,
        coreMask: CoreMask = .automatic,
        ocrShortSide: Int = 736,
        log: (@Sendable (String) -> Void)? = nil
    ) {
        self.libraryPath = libraryPath
        self.threads = threads
        self.coreMask = coreMask
        self.ocrShortSide = ocrShortSide
        self.log = log
    }
}

extension RKNNConfiguration {
    /// Far more than any NPU has cores; beyond it a number is a typing error
    /// that would fill the memory with copies of each model.
    private static let mostThreads = 64

    /// - Throws: ``FoveaError/Code/invalidSetting`` naming the setting.
    func validate(on soc: SoC) throws {
        guard (1...Self.mostThreads).contains(threads) else {
            throw FoveaError(
                .invalidSetting,
                "RKNN cannot use \(threads) threads: choose 1 to \(Self.mostThreads).")
        }
        guard coreMask.cores.allSatisfy({ $0 < soc.coreCount }) else {
            throw FoveaError(
                .invalidSetting,
                """
                The NPU of \(soc.rawValue) has \(soc.coreCount) core\(soc.coreCount == 1 ? "" : "s"), so models \
                cannot be bound to \(coreMask.rawValue): choose automatic.
                """)
        }
    }
}
