import FoveaSystem
import Testing

/// Expected values: what `nvidia-smi` of each branch shows as its CUDA version
/// in public reports.
struct NVIDIADriverTests {
    @Test(arguments: [
        ("470.141.03", 11, 4), ("520.56.06", 11, 8), ("525.105.17", 12, 0), ("530.30.02", 12, 1),
        ("535.171.04", 12, 2), ("545.23.08", 12, 3), ("550.90.07", 12, 4), ("570.86.15", 12, 8),
        ("580.82.07", 13, 0), ("590.44.01", 13, 1),
    ])
    func runsCUDA(version: String, major: Int, minor: Int) throws {
        let driver = try #require(NVIDIADriver(version))
        let newest = try #require(driver.newestCUDA)
        #expect(newest.major == major && newest.minor == minor)
        #expect(driver.description == version)
    }

    @Test func oldOnesRunNoneOfThem() {
        #expect(NVIDIADriver("390.157")?.newestCUDA == nil)
        #expect(NVIDIADriver("unknown") == nil)
        #expect(NVIDIADriver("") == nil)
    }
}
