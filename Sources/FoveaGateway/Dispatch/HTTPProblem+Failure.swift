import FoveaServer
import HTTPTypes

extension HTTPProblem {
    /// What the client is told.
    init(_ failure: DispatchState.Failure) {
        switch failure {
        case .crashed(let reason):
            let detail = """
                Answering this request ended its worker twice, though it ran alone: \(reason). It is not \
                tried again; the service goes on.
                """
            self = HTTPProblem(.internalServerError, .detail(detail), reason: detail)
        case .noSlot(let reason):
            self = .unavailable("No worker can serve, as GET /health says: \(reason)")
        case .away(let reason):
            self = .unavailable(
                """
                No slot of this machine may run the request, and no other service does: \(reason). Start it, or \
                name a device of this machine beside it in fovea.yaml.
                """)
        case .shutDown: self = .unavailable("The service is ending.")
        }
    }
}
