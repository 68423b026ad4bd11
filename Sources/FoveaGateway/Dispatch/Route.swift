package import FoveaCore
package import FoveaServer

/// Which slots may run a request: groups of slots that share the work. The
/// first group takes it, as long as one of its slots is not out of order.
package struct Route: Hashable, Sendable {
    /// Indices of slots, none twice.
    package let groups: [[Int]]

    package init(_ groups: [[Int]]) {
        var seen: Set<Int> = []
        self.groups = groups.map { $0.filter { seen.insert($0).inserted } }.filter { !$0.isEmpty }
    }

    /// Where any of the slots will do.
    package static func any(of count: Int) -> Route { Route([Array(0..<count)]) }

    /// The slots whose turn it is.
    package func slots(where isInOrder: (Int) -> Bool) -> [Int] {
        for group in groups {
            let slots = group.filter(isInOrder)
            if !slots.isEmpty { return slots }
        }
        return []
    }
}

/// Finds the route of a request: by what the configuration file says of its
/// models, and otherwise by the slots' devices.
package struct RoutePlan: Sendable {
    private let slots: [Slot]
    private let rules: [ModelRule]

    package init(slots: [Slot], rules: [ModelRule]) {
        self.slots = slots
        self.rules = rules
    }

    /// The first step decides: what follows it needs its findings.
    package func route(of request: PredictionRequest) -> Route {
        guard let model = request.steps.first?.model else { return .any(of: slots.count) }
        return route(of: model)
    }

    package func route(of model: ModelID) -> Route {
        let rule = rules.first { $0.matches(model) && !($0.devices.isEmpty && $0.replicas.isEmpty) }
        guard let rule else { return Route(Self.byKind(slots)) }
        let chosen =
            rule.replicas.isEmpty
            ? rule.devices.map { device in indices { $0 == device } }
            : [indices { rule.replicas.contains($0) }]
        // A worker can use its processor too, so that any will do at last.
        return Route(chosen + (rule.fallsBack || chosen.allSatisfy(\.isEmpty) ? [Array(slots.indices)] : []))
    }

    private func indices(_ matches: (Device) -> Bool) -> [Int] {
        slots.indices.filter { Device(slots[$0].device).map(matches) ?? false }
    }

    /// Slots of the first one's kind share the work; those of other kinds, such
    /// as a processor beside GPUs, are there for what is sent to them, and for
    /// when the others fail.
    private static func byKind(_ slots: [Slot]) -> [[Int]] {
        var kinds: [String] = []
        var groups: [String: [Int]] = [:]
        for (index, slot) in slots.enumerated() {
            let kind = String(slot.device.prefix { $0 != ":" })
            if groups[kind] == nil { kinds.append(kind) }
            groups[kind, default: []].append(index)
        }
        return kinds.compactMap { groups[$0] }
    }
}
