import Logging

/// Writes what happens to workers to the log, a line each.
struct TransitionLog {
    let slots: [Slot]
    let logger: Logger

    func write(_ transition: DispatchState.Transition) {
        let (level, text) = line(transition)
        logger.log(level: level, "\(text)")
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
        }
    }

    private func name(_ slot: Int, capital: Bool = false) -> String {
        "\(capital ? "Worker" : "worker") \(slot) (\(slots[slot].device))"
    }
}
