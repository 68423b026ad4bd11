import CONNXRuntime

extension Environment {
    /// How many operators of a graph each provider took; empty where the
    /// library or the session does not tell.
    func operators(of session: NativeHandle) -> [String: Int] {
        guard library.tableVersion >= 24 else { return [:] }
        let api = library.api.pointee
        var subgraphs: UnsafePointer<OpaquePointer?>?
        var count = 0
        guard
            library.take(api.Session_GetEpGraphAssignmentInfo(session.pointer, &subgraphs, &count)) == nil
        else { return [:] }
        var operators: [String: Int] = [:]
        for case let subgraph? in UnsafeBufferPointer(start: subgraphs, count: count) {
            var name: UnsafePointer<CChar>?
            var nodes: UnsafePointer<OpaquePointer?>?
            var nodeCount = 0
            guard library.take(api.EpAssignedSubgraph_GetEpName(subgraph, &name)) == nil, let name,
                library.take(api.EpAssignedSubgraph_GetNodes(subgraph, &nodes, &nodeCount)) == nil
            else { continue }
            operators[String(cString: name), default: 0] += nodeCount
        }
        return operators
    }
}
