/// What is known of a candidate for a model.
package enum Standing: Sendable, Equatable {
    /// It gives the answers of the processor, or is the processor.
    case proven
    /// It was never tried.
    case unknown
    /// It is being tried.
    case onTrial
    /// It answers as it should, and no sooner than the processor.
    case slower
    /// It is not to be used; `reason` goes after "because".
    case refused(reason: String)
}

/// Which candidate a model runs on now: a pure decision.
package enum PlacementChoice: Sendable, Equatable {
    /// Run there.
    case use(Int)
    /// Try a candidate first, and run there if it passes.
    case tryOut(Int)
    /// Run on one, and try a better one meanwhile.
    case useWhileTrying(Int, candidate: Int)
    /// None of them can.
    case none

    /// - Parameters:
    ///   - standings: of the candidates, best first.
    ///   - waits: whether to wait for a trial rather than run elsewhere
    ///     meanwhile.
    package init(_ standings: [Standing], waits: Bool) {
        let open = standings.indices.filter {
            switch standings[$0] {
            case .proven, .unknown, .onTrial: true
            case .slower, .refused: false
            }
        }
        guard let best = open.first else {
            self = .none
            return
        }
        if standings[best] == .proven {
            self = .use(best)
            return
        }
        let meanwhile = open.first { standings[$0] == .proven }
        switch (standings[best], meanwhile) {
        // Somebody else's trial: its end is told to all.
        case (.onTrial, let meanwhile?): self = .use(meanwhile)
        case (.unknown, let meanwhile?) where !waits: self = .useWhileTrying(meanwhile, candidate: best)
        default: self = .tryOut(best)
        }
    }
}
