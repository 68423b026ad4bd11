import Benchmark
import Foundation
import FoveaKernels

/// Times every kernel; what the runner calls.
let benchmarks: @Sendable () -> Void = {
    // The format that the table is made from goes by the throughput.
    Benchmark.defaultConfiguration = .init(
        metrics: [.throughput, .wallClock], warmupIterations: 3, maxDuration: .seconds(2),
        maxIterations: 2_000)
    let files = KernelFiles(environment: ProcessInfo.processInfo.environment)
    for kernel in Kernel.all {
        Benchmark(kernel.name) { benchmark, call in
            for _ in benchmark.scaledIterations { blackHole(try call()) }
        } setup: {
            try kernel.call(files)
        }
    }
}
