/// A number that is what it is at the moment; in base units.
package struct Gauge: Sendable, Hashable {
    package var value: Double

    package init(_ value: Double = 0) { self.value = value }

    package init(_ value: Int) { self.value = Double(value) }

    /// 1 for true, 0 for false: how Prometheus shows states.
    package init(_ value: Bool) { self.value = value ? 1 : 0 }
}
