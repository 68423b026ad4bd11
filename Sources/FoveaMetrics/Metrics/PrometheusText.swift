/// Writes metrics in Prometheus' text exposition format 0.0.4.
///
/// See https://prometheus.io/docs/instrumenting/exposition_formats/.
package struct PrometheusText: Sendable {
    /// What to send as `Content-Type`.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The text so far; each line ends with a line feed.
    package private(set) var text = ""

    package init() {}

    package mutating func counters(_ family: MetricFamily<Counter>) {
        begin(family.name, "counter", family.help, isEmpty: family.sorted.isEmpty)
        for (labels, counter) in family.sorted { sample(family.name, labels.pairs, String(counter.value)) }
    }

    package mutating func gauges(_ family: MetricFamily<Gauge>) {
        begin(family.name, "gauge", family.help, isEmpty: family.sorted.isEmpty)
        for (labels, gauge) in family.sorted { sample(family.name, labels.pairs, Self.number(gauge.value)) }
    }

    /// The gauges of a moment, in the order given.
    package mutating func gauges(_ name: String, _ help: String, _ series: [(Labels, Gauge)]) {
        begin(name, "gauge", help, isEmpty: series.isEmpty)
        for (labels, gauge) in series { sample(name, labels.pairs, Self.number(gauge.value)) }
    }

    package mutating func histograms(_ family: MetricFamily<Histogram>) {
        begin(family.name, "histogram", family.help, isEmpty: family.sorted.isEmpty)
        for (labels, histogram) in family.sorted {
            let bounds = histogram.bounds + [.infinity]
            for (bound, count) in zip(bounds, histogram.cumulativeCounts) {
                let le = Labels.Pair(name: "le", value: Self.number(bound))
                sample(family.name + "_bucket", labels.pairs + [le], String(count))
            }
            sample(family.name + "_sum", labels.pairs, Self.number(histogram.sum))
            sample(family.name + "_count", labels.pairs, String(histogram.count))
        }
    }

    private mutating func begin(_ name: String, _ type: String, _ help: String, isEmpty: Bool) {
        guard !isEmpty else { return }
        text += "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) \(type)\n"
    }

    private mutating func sample(_ name: String, _ labels: [Labels.Pair], _ value: String) {
        text += name
        if !labels.isEmpty {
            let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
            text += "{" + pairs.joined(separator: ",") + "}"
        }
        text += " \(value)\n"
    }

    /// A float as Go's `ParseFloat` reads it; whole numbers without a point,
    /// as Prometheus' own clients write them.
    package static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        return value.description
    }

    /// Help texts escape `\` and line feeds; label values quotes too.
    package static func escaped(_ text: String, quotes: Bool = false) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\"" where quotes: escaped.append(contentsOf: "\\\"".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
