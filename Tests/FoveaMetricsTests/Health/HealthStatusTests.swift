import FoveaMetrics
import Testing

@Suite struct HealthStatusTests {
    /// Slots in these states, in order of the arguments.
    private func report(_ states: SlotState...) -> HealthReport {
        HealthReport(
            uptime: .zero,
            slots: states.enumerated().map { index, state in .cpu(state, index: index) }, queue: .empty)
    }

    @Test func aSlotThatRunsOrStartsOnDemandIsAllItTakes() {
        for report in [report(.running), report(.stopped), report(.running, .starting, .draining)] {
            #expect(report.status == .ok)
            #expect(report.isReady)
            #expect(report.httpStatus == 200)
        }
    }

    @Test func theFirstStartIsNoFailure() {
        #expect(report(.starting).status == .starting)
        #expect(report(.starting, .failed).status == .starting)
        #expect(!report(.starting).isReady)
        #expect(report(.starting).httpStatus == 503)
        let again = HealthReport(.cpu(.starting, restarts: 1))
        #expect(again.status == .unavailable)
        #expect(again.isLive)
    }

    @Test func aLostSlotDegrades() {
        #expect(report(.running, .failed).status == .degraded)
        #expect(report(.stopped, .restarting).status == .degraded)
        #expect(report(.running, .failed).isReady)
        #expect(report(.running, .failed).httpStatus == 200)
    }

    @Test func aModelThatFailedOrFellBackDegrades() {
        let failed = HealthReport(.cpu(models: [.init(.visual, state: .failed)]))
        #expect(failed.status == .degraded)
        #expect(failed.isReady)
        let elsewhere = HealthReport(
            uptime: .zero, slots: [.cpu()],
            fallbacks: [.init(.visual, wanted: "cuda:0", device: "cpu", reason: "Out of memory.")],
            queue: .empty)
        #expect(elsewhere.status == .degraded)
        #expect(elsewhere.isReady)
    }

    @Test func withoutASlotToRunOnItIsUnavailable() {
        for report in [report(), report(.restarting), report(.draining), report(.failed, .restarting)] {
            #expect(report.status == .unavailable)
            #expect(!report.isReady)
            #expect(report.httpStatus == 503)
            #expect(report.isLive)
        }
    }

    @Test func onlyWhenEverySlotHasFailedAFreshStartIsDue() {
        #expect(!report(.failed).isLive)
        #expect(!report(.failed, .failed).isLive)
        #expect(report(.failed, .failed).status == .unavailable)
        #expect(report(.failed, .running).isLive)
    }
}
