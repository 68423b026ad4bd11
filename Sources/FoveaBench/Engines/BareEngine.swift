package import FoveaBackends
import FoveaCore
import Foundation

/// An engine with nothing around it: the graphs of one case, run on inputs
/// that were prepared beforehand.
package struct BareEngine: Sendable {
    /// The runs of each item: of a picture, or a text. At least one.
    private let items: [[RunRecorder.Run]]
    /// By session and by graph.
    private let sessions: [[URL: any ModelSession]]
    private let runs: Int

    /// - Parameter backend: opens an engine with so many threads, that runs so
    ///   many graphs at a time.
    /// - Throws: ``FoveaError/Code/invalidRequest`` where no graph ran at all;
    ///   what opening does.
    package init(
        _ items: [[RunRecorder.Run]], _ arrangement: Arrangement,
        backend: (_ threads: Int, _ runs: Int) throws -> any Backend
    ) async throws {
        guard items.contains(where: { !$0.isEmpty }) else {
            throw FoveaError(.invalidRequest, "No graph ran on these pictures: choose others.")
        }
        self.items = items
        runs = arrangement.runs
        let runsEach = max(1, arrangement.runs / arrangement.sessions)
        var sessions: [[URL: any ModelSession]] = []
        for _ in 0..<arrangement.sessions {
            let backend = try backend(arrangement.threads, runsEach)
            var graphs: [URL: any ModelSession] = [:]
            for model in Set(items.joined().map(\.model)) { graphs[model] = try await backend.open(model) }
            sessions.append(graphs)
        }
        self.sessions = sessions
        // Each shape once: engines plan their memory, and some compile.
        for graphs in sessions {
            for item in items.prefix(8) { try await Self.run(item, graphs) }
        }
    }

    /// Items a second, for so many seconds.
    package func measure(
        leadIn: Double, seconds: Double, processorTime: @escaping @Sendable () -> Double?
    ) async -> LoadResult {
        await ClosedLoop(clients: runs, leadIn: leadIn, seconds: seconds)
            .run(processorTime: processorTime) { [items, sessions] client, number in
                try await Self.run(items[number % items.count], sessions[client % sessions.count])
            }
    }

    private static func run(_ item: [RunRecorder.Run], _ graphs: [URL: any ModelSession]) async throws {
        for run in item { _ = try await graphs[run.model]?.run(run.inputs) }
    }
}
