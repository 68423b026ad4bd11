import FoveaBackends
import FoveaSystem
import Testing

struct CUDARuntimeChoiceTests {
    @Test(arguments: [
        // Card, driver, package.
        ("12.0", "580.65.06", RuntimePackage.cuda13), ("12.1", "590.44.01", .cuda13),
        ("9.0", "580.82.07", .cuda13), ("8.9", "580.82.07", .cuda13), ("7.5", "590.44.01", .cuda13),
        ("8.9", "550.90.07", .cuda12), ("7.5", "535.171.04", .cuda12), ("7.0", "580.82.07", .cuda12),
        ("6.1", "580.82.07", .cuda12), ("6.0", "535.54.03", .cuda12), ("9.0", "575.51.03", .cuda12),
        ("5.2", "580.95.05", .cuda12Maxwell), ("5.3", "535.54.03", .cuda12Maxwell),
    ])
    func newestThatServesBothIsUsed(card: String, driver: String, package: RuntimePackage) throws {
        let choice = CUDARuntimeChoice.choose(
            driver: NVIDIADriver(driver), computeCapability: try #require(ComputeCapability(card)))
        #expect(choice == .use(package))
    }

    private func refusal(_ card: String, _ driver: String?) throws -> (reason: String, step: String) {
        let choice = CUDARuntimeChoice.choose(
            driver: driver.flatMap { NVIDIADriver($0) },
            computeCapability: try #require(ComputeCapability(card)))
        guard case .unsupported(let reason, let step) = choice else {
            Issue.record("\(card) on \(driver ?? "no driver") should not be served")
            return ("", "")
        }
        return (reason, step)
    }

    @Test func blackwellOnAnOldDriverIsToldWhichToInstall() throws {
        let (reason, step) = try refusal("12.0", "570.86.15")
        #expect(reason.contains("Blackwell") && reason.contains("580") && reason.contains("CUDA up to 12.8"))
        #expect(step == "Update NVIDIA's driver to branch 580 or newer, and restart the host.")
    }

    @Test(arguments: ["2.1", "3.0", "3.5", "5.0"])
    func oldCardsAreServedByNothing(card: String) throws {
        let (reason, step) = try refusal(card, "470.141.03")
        #expect(reason.contains("No CUDA runtime has code for") && reason.contains(card))
        #expect(step == "Run on another GPU, or on the CPU.")
    }

    @Test(arguments: ["10.0", "10.3", "11.0"])
    func soAreCardsBetweenTheBuilds(card: String) throws {
        #expect(try refusal(card, "590.44.01").reason.contains("No CUDA runtime has code for"))
    }

    @Test func driverThatDroppedTheCardIsReplacedByItsLast() throws {
        let (reason, step) = try refusal("6.1", "590.44.01")
        #expect(reason.contains("no longer drives Pascal"))
        #expect(step == "Install NVIDIA's driver, branch 580.")
    }

    @Test func oldDriverIsUpdated() throws {
        let (reason, step) = try refusal("8.6", "470.141.03")
        #expect(reason.contains("CUDA up to 11.4") && reason.contains("needs driver 535 or newer"))
        #expect(step == "Update NVIDIA's driver to branch 580 or newer, and restart the host.")
    }

    @Test func noDriverIsInstalled() throws {
        #expect(try refusal("5.2", nil).step == "Install NVIDIA's driver, branch 580, and restart the host.")
    }

    @Test func choiceMayBeAmongWhatIsInstalled() throws {
        let card = ComputeCapability(7, 5)
        let driver = NVIDIADriver("580.82.07")
        #expect(
            CUDARuntimeChoice.choose(driver: driver, computeCapability: card, among: [.cuda12])
                == .use(.cuda12))
        let none = CUDARuntimeChoice.choose(driver: driver, computeCapability: card, among: [.openvino])
        #expect(none != .use(.cuda12) && none != .use(.cuda13))
    }

    @Test func machineCodeRunsWithinAMajorNumberOnly() throws {
        let cuda13 = try #require(CUDARuntime.all.first { $0.package == .cuda13 })
        #expect(cuda13.serves(ComputeCapability(8, 7)))
        #expect(!cuda13.serves(ComputeCapability(7, 0)))
        #expect(!cuda13.serves(ComputeCapability(10, 0)))
        let maxwell = try #require(CUDARuntime.all.first { $0.package == .cuda12Maxwell })
        #expect(maxwell.serves(ComputeCapability(9, 0)))
        #expect(!maxwell.serves(ComputeCapability(12, 0)))
        #expect(!maxwell.serves(ComputeCapability(5, 0)))
    }
}
