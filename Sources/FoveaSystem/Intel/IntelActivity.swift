/// How long Intel's GPUs have been asleep, which is what their drivers tell of
/// how busy they are.
///
/// Two looks a moment apart make a figure:
///
/// ```swift
/// let before = IntelActivity(snapshot)
/// // … some 100 milliseconds …
/// let busy = IntelActivity(snapshot).busyPercent(of: address, since: before, milliseconds: 100)
/// ```
public struct IntelActivity: Sendable, Equatable {
    /// Milliseconds in the sleep state since the driver started, by address on
    /// the PCI bus.
    private var asleep: [String: UInt64] = [:]

    /// Blocks on a few small files.
    public init(_ snapshot: SystemSnapshot, reading source: some SystemSource = LocalSystem()) {
        for node in snapshot.renderNodes where ["i915", "xe"].contains(node.driver) {
            guard let address = node.address else { continue }
            let device = "/sys/class/drm/\(node.name)/device"
            let cards = source.names(in: "\(device)/drm").filter { $0.hasPrefix("card") }.sorted()
            // The drivers xe and i915, and i915 before it had a folder for each type of
            // engine; the first type is the one that computes.
            let files =
                ["\(device)/tile0/gt0/gtidle/idle_residency_ms"]
                + cards.flatMap {
                    [
                        "\(device)/drm/\($0)/gt/gt0/rc6_residency_ms",
                        "\(device)/drm/\($0)/power/rc6_residency_ms",
                    ]
                }
            asleep[address] = files.lazy.compactMap { source.text($0) }.first
                .flatMap { UInt64($0.trimmingSpaces) }
        }
    }

    /// The part of the time between two looks in which a GPU was awake, 0 to
    /// 100; `nil` where its driver does not tell.
    public func busyPercent(of address: String, since earlier: IntelActivity, milliseconds: Double) -> Int? {
        guard let now = asleep[address], let before = earlier.asleep[address], now >= before,
            milliseconds > 0
        else { return nil }
        let share = 1 - Double(now - before) / milliseconds
        return Int((min(max(share, 0), 1) * 100).rounded())
    }
}
