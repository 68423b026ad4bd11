/// How long a device is left alone for a model that it failed.
package enum DeviceRest: Sendable, Equatable {
    /// It has not failed it, or is being tried again.
    case none
    case until(ContinuousClock.Instant)
    /// Its answers are wrong, or it cannot run the model.
    case forGood

    /// Ten minutes after the first failure, twice as long after each one that
    /// follows, an hour at most: a device that is broken is looked for without
    /// end, and each time costs the memory of another copy.
    ///
    /// - Parameter failures: on end; at least 1.
    package static func length(after failures: Int) -> Duration {
        .seconds(min(600 << min(max(failures, 1) - 1, 8), 3600))
    }

    package func isOver(at now: ContinuousClock.Instant) -> Bool {
        if case .until(let end) = self { end <= now } else { false }
    }

    /// The device to try again for a model that runs on another: a pure
    /// decision.
    ///
    /// - Parameter rests: of the devices that come before that one, best first.
    /// - Returns: its index; `nil` where none has rested long enough.
    package static func firstOver(_ rests: [DeviceRest], at now: ContinuousClock.Instant) -> Int? {
        rests.firstIndex { $0.isOver(at: now) }
    }
}
