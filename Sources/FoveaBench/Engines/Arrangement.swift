package import FoveaCore

/// How an engine's work is divided up.
package struct Arrangement: Sendable, Hashable, Codable {
    /// Copies of each graph.
    package var sessions: Int
    /// Threads that work on one operator; 0 leaves it to the engine.
    package var threads: Int
    /// Runs at the same time, over all sessions.
    package var runs: Int
    /// Pictures or texts that go through the graphs together.
    package var rows: Int

    package init(sessions: Int, threads: Int, runs: Int, rows: Int = 1) {
        self.sessions = sessions
        self.threads = threads
        self.runs = runs
        self.rows = rows
    }

    /// Those that may be the fastest on a device.
    ///
    /// - Parameter cores: the processor's.
    package static func candidates(for device: Device, cores: Int) -> [Arrangement] {
        device.isProcessor ? processor(cores: cores) : accelerator
    }

    /// All cores on one run after the other, one on each of as many runs, on a
    /// graph that is shared or each on its own, and what lies between. More
    /// rows do not speed a processor up.
    private static func processor(cores: Int) -> [Arrangement] {
        guard cores > 1 else { return [Arrangement(sessions: 1, threads: 1, runs: 1)] }
        var all = [
            Arrangement(sessions: 1, threads: cores, runs: 1),
            Arrangement(sessions: 1, threads: cores, runs: 2),
            Arrangement(sessions: 1, threads: 1, runs: cores),
            Arrangement(sessions: cores, threads: 1, runs: cores),
        ]
        if cores >= 4 {
            all.append(Arrangement(sessions: 2, threads: cores / 2, runs: 2))
            if cores >= 8 { all.append(Arrangement(sessions: cores / 2, threads: 2, runs: cores / 2)) }
        }
        return all
    }

    /// It is filled by rows rather than by runs; a second run is prepared while
    /// the first is computed.
    private static var accelerator: [Arrangement] {
        [1, 16, 64].flatMap { rows in
            [1, 2].map { Arrangement(sessions: 1, threads: 0, runs: $0, rows: rows) }
        }
    }
}

extension Arrangement: CustomStringConvertible {
    /// `2 sessions, 1 thread, 2 runs, 1 row`; no threads where they are the engine's.
    package var description: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        let threads = threads == 0 ? [] : [count(threads, "thread")]
        return ([count(sessions, "session")] + threads + [count(runs, "run"), count(rows, "row")])
            .joined(separator: ", ")
    }
}
