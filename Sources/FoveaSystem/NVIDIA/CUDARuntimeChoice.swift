public import FoveaBackends

/// Which build of the CUDA provider serves a card with a driver, or why none
/// does and what to do about it.
public enum CUDARuntimeChoice: Sendable, Hashable {
    /// The newest package that has code for the card and runs on the driver.
    case use(RuntimePackage)
    /// None does. Both texts are sentences for people.
    case unsupported(reason: String, nextStep: String)

    /// Decides for one card.
    ///
    /// ```swift
    /// CUDARuntimeChoice.choose(driver: NVIDIADriver("535.171.04"), computeCapability: .init(7, 5))
    /// // .use(.cuda12)
    /// ```
    ///
    /// - Parameters:
    ///   - driver: `nil` where none is loaded.
    ///   - packages: those to choose from, such as those that are installed.
    public static func choose(
        driver: NVIDIADriver?, computeCapability: ComputeCapability,
        among packages: Set<RuntimePackage> = Set(RuntimePackage.allCases)
    ) -> CUDARuntimeChoice {
        let architecture = NVIDIAArchitecture(computeCapability)
        let card =
            architecture.map { "\($0.rawValue) (compute capability \(computeCapability))" }
            ?? "compute capability \(computeCapability)"
        let serving = CUDARuntime.all.filter {
            packages.contains($0.package) && $0.serves(computeCapability)
        }
        guard let oldest = serving.map(\.oldestDriver).min() else {
            return .unsupported(
                reason: "No CUDA runtime has code for \(card); there is code for 5.2 to 9.0, 12.0 and 12.1.",
                nextStep: "Run on another GPU, or on the CPU.")
        }
        let branch = architecture?.lastDriverBranch
        guard let driver else {
            return .unsupported(
                reason: "No NVIDIA driver is loaded.",
                nextStep: "Install NVIDIA's driver, branch \(advised(branch, oldest)), and restart the host.")
        }
        if let branch, driver.branch > branch {
            return .unsupported(
                reason: "Driver \(driver) no longer drives \(card); branch \(branch) was the last.",
                nextStep: "Install NVIDIA's driver, branch \(branch).")
        }
        if let runtime = serving.first(where: { $0.oldestDriver <= driver.branch }) {
            return .use(runtime.package)
        }
        let cuda =
            driver.newestCUDA.map { "runs CUDA up to \($0.major).\($0.minor)" } ?? "is too old for CUDA 11"
        return .unsupported(
            reason: "Driver \(driver) \(cuda); \(card) needs driver \(oldest) or newer here.",
            nextStep: "Update NVIDIA's driver to branch \(advised(branch, oldest)), and restart the host.")
    }

    /// The branch to install: the last one for old cards, else a long-lived
    /// one that runs the newest CUDA runtime here.
    private static func advised(_ last: Int?, _ oldest: Int) -> String {
        last.map { "\($0)" } ?? "\(max(oldest, 580)) or newer"
    }
}
