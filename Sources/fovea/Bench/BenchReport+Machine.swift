import FoveaBench
import FoveaDevices
import FoveaSystem
import Foundation

extension BenchReport.Machine {
    /// This one.
    static func local() -> Self {
        let processor = Machine().snapshot.cpu
        var load = 0.0
        let known = getloadavg(&load, 1) == 1
        return Self(
            processor: processor.model, cores: ProcessInfo.processInfo.activeProcessorCount,
            loadAverage: known ? load : nil)
    }
}
