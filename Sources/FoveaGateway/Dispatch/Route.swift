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

    /// The same without some slots.
    package func without(_ slots: [Int]) -> Route { Route(groups.map { $0.filter { !slots.contains($0) } }) }

    /// The same with no other slots than those.
    package func only(_ isWanted: (Int) -> Bool) -> Route { Route(groups.map { $0.filter(isWanted) }) }

    /// All slots, those of the first group first.
    package var all: [Int] { groups.flatMap(\.self) }

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
        guard let rule = rules.first(where: { $0.matches(model) && $0.saysWhere }) else {
            return Route(groups { $0.isLocal ? String($0.device.prefix { $0 != ":" }) : Self.service })
        }
        let chosen =
            rule.replicas.isEmpty
            ? rule.places.map { place in slots.indices.filter { slots[$0].isAt(place) } }
            : [slots.indices.filter { index in rule.replicas.contains { slots[index].isAt($0) } }]
        // A worker can use its processor too, so that any will do at last; a
        // service is another machine, so that it shares with none.
        if rule.fallsBack { return Route(chosen + groups { $0.isLocal ? "" : Self.service }) }
        // For the workers to say no to: a service knows nothing of the rule.
        return Route(chosen.allSatisfy(\.isEmpty) ? [slots.indices.filter { slots[$0].isLocal }] : chosen)
    }

    private static let service = "service"

    /// Slots of the first one's kind share the work; those of other kinds, such
    /// as a processor beside GPUs or beside another service, are there for what
    /// is sent to them, and for when the others fail.
    private func groups(by kind: (Slot) -> String) -> [[Int]] {
        var kinds: [String] = []
        var groups: [String: [Int]] = [:]
        for (index, slot) in slots.enumerated() {
            let kind = kind(slot)
            if groups[kind] == nil { kinds.append(kind) }
            groups[kind, default: []].append(index)
        }
        return kinds.compactMap { groups[$0] }
    }
}
