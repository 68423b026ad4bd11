import FoveaCore
package import FoveaServer
import HTTPTypes

/// None of the slots that were asked answers; others may.
struct PassedOn: Error {
    /// What the client gets where they do not.
    let answer: HTTPProblem
}

extension Gateway {
    package func predict(_ call: PredictionCall) async throws -> PredictionReply {
        if let reply = remembered(call) { return reply }
        var call = call
        var route = try route(of: call)
        var answer: HTTPProblem?
        // It keeps its place among those who wait.
        let id = nextRequest()
        // Models are fetched for this machine alone: what services run waits for
        // none.
        while let (part, rest) = servicesFirst(on: route) {
            let began = clock.now
            do {
                return try await dispatch(call, as: id, on: part, isLast: false, after: answer)
            } catch let passed as PassedOn {
                answer = passed.answer
                route = rest
                call.hasWaited(began.duration(to: clock.now))
            }
        }
        guard let supply, route.all.contains(where: { slots[$0].isLocal }) else {
            return try await dispatch(call, as: id, on: route, after: answer)
        }
        return try await predict(call, as: id, on: route, after: answer, supply)
    }

    /// Has the models fetched that the call names, and has it answered.
    private func predict(
        _ call: PredictionCall, as id: RequestID, on route: Route, after answer: HTTPProblem?,
        _ supply: ModelSupply
    ) async throws -> PredictionReply {
        let models = call.request.steps.map(\.model)
        var call = call
        let began = clock.now
        do {
            (call, _) = try await waiting(call) { try await supply.ensure(models) }
        } catch let error where !(error is CancellationError || error is HTTPProblem) {
            // A service may have what cannot be had here.
            let services = route.only { !slots[$0].isLocal }
            guard !state.turn(on: services).isEmpty else { throw answer ?? HTTPProblem(error) }
            call.hasWaited(began.duration(to: clock.now))
            return try await dispatch(call, as: id, on: services, after: HTTPProblem(error))
        }
        do {
            return try await dispatch(call, as: id, on: route, after: answer)
        } catch let error as HTTPProblem {
            let (call, isMended) = try await waiting(call) { try await supply.mend(models) }
            guard isMended else { throw error }
            return try await dispatch(call, as: id, on: route, after: answer)
        }
    }

    /// Where a call may run. What another Fovea sent here runs here, or two that
    /// name each other would send it round for ever.
    private func route(of call: PredictionCall) throws -> Route {
        let route = routes.route(of: call.request)
        guard call.isForwarded else { return route }
        let here = route.only { slots[$0].isLocal }
        guard here.groups.isEmpty else { return here }
        let problem = HTTPProblem.loop
        board.ended(call.request, .failure(problem), after: .zero)
        throw problem
    }

    /// The services whose turn it is on a route, and what is left of it without
    /// them; `nil` where it is the turn of a slot of this machine, or nothing is
    /// left.
    private func servicesFirst(on route: Route) -> (part: Route, rest: Route)? {
        let turn = state.turn(on: route)
        let rest = route.without(turn)
        guard !turn.isEmpty, !turn.contains(where: { slots[$0].isLocal }), !rest.groups.isEmpty else {
            return nil
        }
        return (Route([turn]), rest)
    }

    /// Waits for something, but no longer than the client does.
    ///
    /// - Returns: the call with what is left of the client's patience.
    private func waiting<Result: Sendable>(
        _ call: PredictionCall, for body: @escaping @Sendable () async throws -> Result
    ) async throws -> (call: PredictionCall, result: Result) {
        guard let timeout = call.timeout else { return (call, try await body()) }
        let began = clock.now
        let result: Result
        do {
            result = try await within(timeout, body)
        } catch is TooLate {
            throw HTTPProblem.timedOut
        }
        var call = call
        call.hasWaited(began.duration(to: clock.now))
        return (call, result)
    }
}

extension PredictionCall {
    /// Some of the client's patience is gone.
    fileprivate mutating func hasWaited(_ time: Duration) { timeout = timeout.map { max(.zero, $0 - time) } }
}

extension HTTPProblem {
    /// 508: another Fovea sent the request, and it could only be sent further.
    static let loop = HTTPProblem(
        HTTPResponse.Status(code: 508, reasonPhrase: "Loop Detected"),
        .detail(
            """
            Another Fovea sent the request here, where it could only be sent to yet another service: name a device \
            of this machine for it in fovea.yaml, or have the other one ask that service itself.
            """))
}
