/// The series of one metric: the same name, different labels.
package struct MetricFamily<Value: Sendable>: Sendable {
    /// In snake case, with the unit at its end.
    package let name: String
    /// What it measures, for people.
    package let help: String
    private let initial: Value
    private var series: [Labels: Value] = [:]

    /// - Parameters:
    ///   - initial: what a series starts with.
    ///   - known: series that are there from the start, so that a rate can be
    ///     told from the first event on.
    package init(_ name: String, _ help: String, initial: Value, known: [Labels] = []) {
        self.name = name
        self.help = help
        self.initial = initial
        for labels in known { series[labels] = initial }
    }

    package subscript(labels: Labels) -> Value {
        get { series[labels] ?? initial }
        // In place, so that a histogram's counts are not copied for each value.
        _modify {
            let initial = initial
            yield &series[labels, default: initial]
        }
    }

    /// The series that exist, always in the same order.
    package var sorted: [(labels: Labels, value: Value)] {
        series.map { (labels: $0.key, value: $0.value) }.sorted { $0.labels < $1.labels }
    }
}
