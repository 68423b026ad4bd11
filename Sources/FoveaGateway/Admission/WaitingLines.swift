package import FoveaCore

/// The requests that wait, in a line for each route: one that waits for a busy
/// device keeps nobody from an idle one.
package struct WaitingLines {
    private var lines: [Route: AdmissionQueue] = [:]
    private var routes: [RequestID: Route] = [:]

    package init() {}

    package var count: Int { routes.count }

    package func count(of priority: RequestPriority) -> Int {
        lines.values.reduce(0) { $0 + $1.count(of: priority) }
    }

    /// Who goes next in each line: by priority, then by age.
    package var heads: [(route: Route, priority: RequestPriority)] {
        lines.compactMap { route, line in line.first.map { (route, $0.priority, $0.id) } }
            .sorted { (Self.rank($0.1), $0.2) < (Self.rank($1.1), $1.2) }
            .map { ($0.0, $0.1) }
    }

    package mutating func enqueue(
        _ id: RequestID, on route: Route, priority: RequestPriority, client: String
    ) {
        lines[route, default: AdmissionQueue()].enqueue(id, priority: priority, client: client)
        routes[id] = route
    }

    package mutating func removeFirst(of route: Route) -> RequestID? {
        guard let id = lines[route]?.removeFirst() else { return nil }
        forget(id, route)
        return id
    }

    /// - Returns: whether it was waiting.
    package mutating func remove(_ id: RequestID) -> Bool {
        guard let route = routes[id] else { return false }
        lines[route]?.remove(id)
        forget(id, route)
        return true
    }

    /// Takes out all whose route has come to its end, oldest first.
    package mutating func removeAll(where isOver: (Route) -> Bool) -> [RequestID] {
        let over = lines.keys.filter(isOver)
        let ids = over.flatMap { route -> [RequestID] in
            var line = lines.removeValue(forKey: route)
            return line?.removeAll() ?? []
        }.sorted()
        for id in ids { routes[id] = nil }
        return ids
    }

    private mutating func forget(_ id: RequestID, _ route: Route) {
        routes[id] = nil
        if lines[route]?.isEmpty == true { lines[route] = nil }
    }

    private static func rank(_ priority: RequestPriority) -> Int {
        RequestPriority.allCases.firstIndex(of: priority) ?? 0
    }
}
