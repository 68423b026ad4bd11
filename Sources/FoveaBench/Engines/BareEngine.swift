package import FoveaBackends
import FoveaCore
package import Foundation

/// An engine with nothing around it: the graphs of one case, run on inputs
/// that were prepared beforehand.
package struct BareEngine: Sendable {
    /// The runs of each group of items; an item is a picture, or a text. At
    /// least one.
    private let groups: [[RunRecorder.Run]]
    /// By session and by graph.
    private let sessions: [[URL: BareGraph]]
    private let arrangement: Arrangement

    /// - Parameters:
    ///   - items: the runs of each.
    ///   - copies: a folder for copies of graphs that take several rows. It need
    ///     not exist, and has to stay for as long as this is there.
    ///   - backend: opens an engine with so many threads, that runs so many
    ///     graphs at a time.
    /// - Throws: ``FoveaError/Code/invalidRequest`` where no graph ran at all;
    ///   ``FoveaError/Code/modelInvalid`` where a graph cannot take several rows;
    ///   what opening and running do.
    package init(
        _ items: [[RunRecorder.Run]], _ arrangement: Arrangement, copies: URL,
        backend: (_ threads: Int, _ runs: Int) throws -> any Backend
    ) async throws {
        guard items.contains(where: { !$0.isEmpty }) else {
            throw FoveaError(.invalidRequest, "No graph ran on these pictures: choose others.")
        }
        self.arrangement = arrangement
        groups = RunRecorder.Run.joined(items, rows: arrangement.rows)
        let runsEach = max(1, arrangement.runs / arrangement.sessions)
        var sessions: [[URL: BareGraph]] = []
        for _ in 0..<arrangement.sessions {
            let backend = try backend(arrangement.threads, runsEach)
            var graphs: [URL: BareGraph] = [:]
            for model in Set(items.joined().map(\.model)) {
                graphs[model] = try await BareGraph(model, rows: arrangement.rows, copies, by: backend)
            }
            sessions.append(graphs)
        }
        self.sessions = sessions
        try await warmUp()
    }

    /// Engines plan their memory for each shape; some compile, or look for kernels.
    private func warmUp() async throws {
        for graphs in sessions {
            // Where a shape costs little, one that is new is no reason to run thousands of pictures.
            let isDear = arrangement.rows > 1 || graphs.values.contains { $0.session.shapes == .few }
            let runs = RunRecorder.Run.ofEachShape(isDear ? groups : Array(groups.prefix(8)))
            try await Self.run(runs, graphs)
        }
    }

    /// Items a second, for so many seconds.
    ///
    /// What runs is groups of them: the times in the result are those of groups.
    package func measure(
        leadIn: Double, seconds: Double, processorTime: @escaping @Sendable () -> Double?
    ) async -> LoadResult {
        await ClosedLoop(clients: arrangement.runs, leadIn: leadIn, seconds: seconds)
            .run(processorTime: processorTime) { [groups, sessions] client, number in
                try await Self.run(groups[number % groups.count], sessions[client % sessions.count])
            }
            .counting(arrangement.rows)
    }

    private static func run(_ runs: [RunRecorder.Run], _ graphs: [URL: BareGraph]) async throws {
        for run in runs { _ = try await graphs[run.model]?.session.run(run.inputs) }
    }
}
