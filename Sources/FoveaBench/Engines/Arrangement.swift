/// How an engine's threads are divided up.
package struct Arrangement: Sendable, Hashable, Codable {
    /// Copies of each graph.
    package var sessions: Int
    /// Threads that work on one operator.
    package var threads: Int
    /// Runs at the same time, over all sessions.
    package var runs: Int

    package init(sessions: Int, threads: Int, runs: Int) {
        self.sessions = sessions
        self.threads = threads
        self.runs = runs
    }

    /// Those that may be the fastest on so many cores: all of them on one run
    /// after the other, one on each of as many runs, on a graph that is shared
    /// or each on its own, and what lies between.
    package static func candidates(cores: Int) -> [Arrangement] {
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
}

extension Arrangement: CustomStringConvertible {
    /// `2 sessions, 1 thread, 2 runs`.
    package var description: String {
        func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        return "\(count(sessions, "session")), \(count(threads, "thread")), \(count(runs, "run"))"
    }
}
