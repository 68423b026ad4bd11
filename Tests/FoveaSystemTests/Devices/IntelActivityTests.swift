import FoveaSystem
import Testing

/// Intel's drivers tell how long a GPU slept; the rest of the time it was busy.
@Suite struct IntelActivityTests {
    private func look(_ milliseconds: String, in file: String) throws -> (IntelActivity, address: String) {
        let snapshot = try Examination("intel-igpu-arc").snapshot
        let node = try #require(snapshot.renderNodes.first { $0.driver == "i915" || $0.driver == "xe" })
        let source = MemorySystem(
            files: ["/sys/class/drm/\(node.name)/device/\(file)": milliseconds + "\n"])
        return (IntelActivity(snapshot, reading: source), try #require(node.address))
    }

    @Test(arguments: [
        "drm/card0/gt/gt0/rc6_residency_ms", "drm/card1/power/rc6_residency_ms",
        "tile0/gt0/gtidle/idle_residency_ms",
    ])
    func aQuarterAwakeIsAQuarterBusy(file: String) throws {
        let (before, address) = try look("1000", in: file)
        let (after, _) = try look("1150", in: file)
        #expect(after.busyPercent(of: address, since: before, milliseconds: 200) == 25)
    }

    @Test(arguments: [("1000", 100), ("1200", 0), ("1210", 0)])
    func figuresStayWithinBounds(now: String, percent: Int) throws {
        let file = "drm/card0/gt/gt0/rc6_residency_ms"
        let (before, address) = try look("1000", in: file)
        #expect(
            try look(now, in: file).0.busyPercent(of: address, since: before, milliseconds: 200) == percent)
    }

    @Test(arguments: ["", "none", "900"]) func whatIsNotToldIsNotGuessed(now: String) throws {
        let file = "drm/card0/gt/gt0/rc6_residency_ms"
        let (before, address) = try look("1000", in: file)
        #expect(try look(now, in: file).0.busyPercent(of: address, since: before, milliseconds: 200) == nil)
        #expect(before.busyPercent(of: "0000:ff:00.0", since: before, milliseconds: 200) == nil)
    }
}
