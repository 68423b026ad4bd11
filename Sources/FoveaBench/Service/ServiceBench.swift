import Foundation
import FoveaClient
package import FoveaCore

/// Measures a service, a case at a time.
package struct ServiceBench: Sendable {
    package let client: BenchClient
    /// Previews, at least one.
    package let pictures: [[UInt8]]
    /// Seconds of processor time that the service has used so far, where that is known.
    package let processorTime: @Sendable () -> Double?

    /// How long a device may take to be proved before measuring starts without it.
    private static let longestProof = Duration.seconds(120)

    package init(
        client: BenchClient, pictures: [[UInt8]],
        processorTime: @escaping @Sendable () -> Double? = { nil }
    ) {
        self.client = client
        self.pictures = pictures
        self.processorTime = processorTime
    }

    /// What a case answered before it was measured.
    package struct WarmUp: Sendable {
        /// Where its models ran: `cpu`, `cuda:0 fp16`; `nil` where the service
        /// does not say.
        package var device: String?
        /// Faces, lines of text or numbers of the embedding, all pictures together.
        package var found: Int

        package init(device: String?, found: Int) {
            self.device = device
            self.found = found
        }
    }

    /// Asks until models are loaded and where they should be; each picture
    /// once, so that what depends on shapes is settled.
    ///
    /// - Throws: where the service refuses, or its answer is none.
    package func warmUp(_ benchCase: BenchCase) async throws -> WarmUp {
        guard let form = benchCase.forms(pictures: pictures) else {
            try await client.ping()
            return WarmUp(device: nil, found: 0)
        }
        let start = ContinuousClock.now
        var found = 0
        for number in 0..<max(pictures.count, 8) {
            let answer = try ServiceAnswer(json: try await client.ask(form(number)).body)
            if number < pictures.count {
                found += answer.faces?.count ?? answer.lines?.count ?? answer.embedding?.count ?? 0
            }
        }
        // Meanwhile its models run where they need not be proved.
        var report = try await client.ask(form(0)).report
        while report.runs.contains(where: { $0.placement.wanted != nil }),
            ContinuousClock.now - start < Self.longestProof
        {
            try await Task.sleep(for: .milliseconds(200))
            report = try await client.ask(form(0)).report
        }
        return WarmUp(device: report.placementText, found: found)
    }

    /// One round of a case.
    package func measure(_ benchCase: BenchCase, _ loop: ClosedLoop) async -> LoadResult {
        guard let form = benchCase.forms(pictures: pictures) else {
            return await loop.run(processorTime: processorTime) { [client] _, _ in try await client.ping() }
        }
        return await loop.run(processorTime: processorTime) { [client] _, number in
            try await client.ask(form(number))
        }
    }

    /// The same, and how long pings take meanwhile, twenty a second.
    package func measureWithPings(_ benchCase: BenchCase, _ loop: ClosedLoop) async
        -> (LoadResult, pings: [Double])
    {
        await withTaskGroup(of: [Double].self) { group in
            group.addTask { [client] in
                var times: [Double] = []
                while !Task.isCancelled {
                    let clock = Stopwatch()
                    if (try? await client.ping()) != nil { times.append(clock.seconds) }
                    try? await Task.sleep(for: .milliseconds(50))
                }
                return times
            }
            let result = await measure(benchCase, loop)
            group.cancelAll()
            // The last one was cancelled on its way, if at all.
            return (result, await group.reduce(into: []) { $0 += $1 })
        }
    }
}

extension PredictionReport {
    /// The devices of all models that ran, each once, with the precision
    /// where that is not fp32.
    package var placementText: String? {
        var texts: [String] = []
        for placement in runs.map(\.placement) {
            var text = placement.device + (placement.precision == "fp32" ? "" : " \(placement.precision)")
            if let wanted = placement.wanted { text += " (not \(wanted))" }
            if !texts.contains(text) { texts.append(text) }
        }
        return texts.isEmpty ? nil : texts.joined(separator: " + ")
    }
}
