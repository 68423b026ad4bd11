import Logging

/// Writes what happens to workers to the log, a line each.
struct TransitionLog {
    let slots: [Slot]
    let logger: Logger

    /// - Parameter state: the slots as they are now.
    func write(_ transition: DispatchState.Transition, _ state: DispatchState) {
        let (level, text) = serviceLine(transition, state) ?? line(transition)
        logger.log(level: level, "\(text)")
    }

    /// What is said of services, which are nobody's workers: one that is not
    /// there is none of this service's failures.
    private func serviceLine(
        _ transition: DispatchState.Transition, _ state: DispatchState
    ) -> (Logger.Level, String)? {
        switch transition {
        case .ready(let slot) where !slots[slot].isLocal: (.info, "Service \(slots[slot].device) answers")
        case .died(let slot, let death, _) where !slots[slot].isLocal:
            (.warning, "Service \(death.explanation): \(substitutes(for: slot, state))")
        case .killing(let slot, _) where !slots[slot].isLocal,
            .stopping(let slot) where !slots[slot].isLocal,
            .stopped(let slot) where !slots[slot].isLocal:
            (.debug, "Service \(slots[slot].device) is not asked any more")
        default: nil
        }
    }

    private func substitutes(for slot: Int, _ state: DispatchState) -> String {
        var names: [String] = []
        for other in slots.indices where other != slot && state.slots[other].isInOrder {
            if !names.contains(slots[other].device) { names.append(slots[other].device) }
        }
        return names.isEmpty
            ? "requests are answered with 503 until it does"
            : "its requests go to \(names.joined(separator: ", "))"
    }

    private func line(_ transition: DispatchState.Transition) -> (Logger.Level, String) {
        switch transition {
        case .starting(let slot): (.info, "Starting \(name(slot))")
        case .ready(let slot): (.info, "\(name(slot, capital: true)) is ready")
        case .died(let slot, let death, let running):
            (
                .error,
                "\(name(slot, capital: true)) ended: \(death.explanation)"
                    + (running > 0 ? "; what it was at is run again: \(running)" : "")
            )
        case .killing(let slot, let reason): (.error, "Killing \(name(slot)): \(reason)")
        case .stopping(let slot): (.info, "Stopping \(name(slot)), which has nothing to do")
        case .stopped(let slot): (.info, "\(name(slot, capital: true)) has stopped; its memory is free")
        case .failed(let slot, let reason):
            (
                .error,
                "\(name(slot, capital: true)) ended too often without an answer and is left alone for a while: "
                    + reason
            )
        case .retrying(let id, let slot):
            (.warning, "Running request \(id.number) again, alone, on \(name(slot))")
        case .passedOn(let id, let slot):
            (.debug, "Running request \(id.number) elsewhere, which \(slots[slot].device) has not answered")
        }
    }

    private func name(_ slot: Int, capital: Bool = false) -> String {
        "\(capital ? "Worker" : "worker") \(slot) (\(slots[slot].device))"
    }
}
