package import FoveaCore

/// Decides which run goes next on the processor, and how wide.
///
/// A run that comes to an idle processor is wide. One that comes while others
/// run, or had to wait, is narrow: there is load, and narrow runs beside each
/// other do more than wide ones in turn. A model that nothing runs of may go
/// beyond the cores by one run, so that a text is not stuck behind pictures.
package struct CoreQueue: Sendable {
    package enum Width: Sendable, Hashable { case wide, narrow }

    package struct Run: Sendable, Hashable {
        package var ticket: UInt64
        /// Tells the models apart.
        package var session: UInt64
        /// Whether it may be narrow: where the model has a session that is.
        package var canBeNarrow: Bool
        /// Whether it takes much memory.
        package var isLarge = false
        package var priority = WorkPriority.normal

        package init(
            ticket: UInt64, session: UInt64, canBeNarrow: Bool = true, isLarge: Bool = false,
            priority: WorkPriority = .normal
        ) {
            self.ticket = ticket
            self.session = session
            self.canBeNarrow = canBeNarrow
            self.isLarge = isLarge
            self.priority = priority
        }
    }

    package struct Start: Sendable, Hashable {
        package var ticket: UInt64
        package var width: Width

        package init(_ ticket: UInt64, _ width: Width) {
            self.ticket = ticket
            self.width = width
        }
    }

    package let rules: CoreRules
    /// In the order in which they came; those of `fresh` have not waited.
    private var waiting: [Run] = []
    private var fresh: UInt64?
    private var running: [UInt64: (session: UInt64, threads: Int)] = [:]

    package init(_ rules: CoreRules) { self.rules = rules }

    /// A run has come.
    package mutating func add(_ run: Run) -> [Start] {
        waiting.append(run)
        fresh = run.ticket
        defer { fresh = nil }
        return next()
    }

    /// A run has ended.
    package mutating func ended(_ ticket: UInt64) -> [Start] {
        running[ticket] = nil
        return next()
    }

    /// Nobody wants it any more.
    package mutating func drop(_ ticket: UInt64) -> [Start] {
        waiting.removeAll { $0.ticket == ticket }
        return next()
    }

    private mutating func next() -> [Start] {
        var starts: [Start] = []
        var isPassed = false
        for run in WorkPriority.allCases.flatMap({ level in waiting.filter { $0.priority == level } }) {
            let width = width(of: run)
            let threads = width == .wide ? rules.wide : rules.narrow
            // Whoever is passed over keeps the cores that come free.
            let hasCores = !isPassed && busy + threads <= rules.cores
            guard hasCores || mayExceed(run, width) else {
                isPassed = true
                continue
            }
            waiting.removeAll { $0.ticket == run.ticket }
            running[run.ticket] = (run.session, threads)
            starts.append(Start(run.ticket, width))
        }
        return starts
    }

    private var busy: Int { running.values.reduce(0) { $0 + $1.threads } }

    private func width(of run: Run) -> Width {
        guard run.canBeNarrow, !(run.isLarge && rules.largeAlone) else { return .wide }
        return running.isEmpty && run.ticket == fresh ? .wide : .narrow
    }

    private func mayExceed(_ run: Run, _ width: Width) -> Bool {
        busy <= rules.cores && (width == .narrow || running.count <= 1)
            && !running.values.contains { $0.session == run.session }
    }
}
