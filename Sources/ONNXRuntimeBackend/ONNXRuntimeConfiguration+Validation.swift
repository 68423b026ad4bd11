import FoveaCore
import Foundation

extension ONNXRuntimeConfiguration {
    /// More threads than any machine has cores; beyond it a number is a typing
    /// error that would exhaust the process.
    private static let mostThreads = 1024

    /// - Throws: ``FoveaError/Code/invalidSetting`` naming the setting.
    func validate() throws {
        for (name, value) in [
            ("intra-op threads", intraOpThreads),
            ("inter-op threads", interOpThreads),
            ("concurrent runs", concurrentRuns),
        ] where !(0...Self.mostThreads).contains(value) {
            throw FoveaError(
                .invalidSetting,
                "ONNX Runtime cannot use \(value) \(name): choose 1 to \(Self.mostThreads), or 0 for the default."
            )
        }
    }

    /// Which cores a run on the processor gets, where nobody has said how many.
    var coreRules: CoreRules? {
        guard device.kind == .cpu, intraOpThreads == 0, interOpThreads <= 1, concurrentRuns == 0 else {
            return nil
        }
        return CoreRules(cores: ProcessorShare.cores)
    }

    /// Runs of one session at the same time: as many as have cores to run on,
    /// unless a number is set.
    var runsPerSession: Int {
        guard concurrentRuns == 0 else { return concurrentRuns }
        let threads = intraOpThreads == 0 ? CPUExecutionProvider.defaultIntraOpThreads : intraOpThreads
        return max(1, ProcessorShare.cores / threads)
    }

    /// Width of the pool on which runs happen.
    var runPoolWidth: Int {
        guard concurrentRuns == 0 else { return concurrentRuns }
        if let coreRules { return coreRules.mostRuns }
        // At least two, so that a text is not stuck behind a picture.
        return max(2, runsPerSession)
    }
}
