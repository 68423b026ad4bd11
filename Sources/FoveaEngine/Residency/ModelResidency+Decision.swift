package import FoveaCore

extension ModelResidency {
    /// What becomes of a request for a model.
    package enum Decision: Equatable, Sendable {
        /// It is loaded or being loaded: share that.
        case share
        /// Unload the ones named, then load it.
        case load(evicting: [ModelID])
        /// Others use memory that it needs: wait for an ``Admission`` with
        /// this ticket.
        case wait(Ticket)
        /// It will never fit.
        case refuse(Refusal)
    }

    /// Names a request that waits.
    package struct Ticket: Hashable, Sendable {
        let number: Int
    }

    /// The end of a wait.
    package struct Admission: Equatable, Sendable {
        package let ticket: Ticket
        package let model: ModelID
        /// Whether it waited for a load ahead of its use.
        package let isPreload: Bool
        /// Anything but ``Decision/wait(_:)``.
        package let decision: Decision
    }

    /// Why a model cannot be loaded, now or later.
    package struct Refusal: Equatable, Sendable {
        /// A model that stays in memory for good.
        package struct Kept: Equatable, Sendable {
            package let model: ModelID
            package let bytes: Int
        }

        package let model: ModelID
        /// Bytes that the model needs.
        package let bytes: Int
        package let budget: Int
        /// What stays in memory and cannot make room, largest first.
        package let kept: [Kept]
    }
}

extension ModelResidency.Refusal {
    /// What the client is told.
    package var error: FoveaError {
        var message = """
            Model \(model) needs about \(Self.text(bytes)) of memory, and the budget for all models is \
            \(Self.text(budget))
            """
        if !kept.isEmpty {
            let list = kept.map { "\($0.model) (\(Self.text($0.bytes)))" }.joined(separator: ", ")
            message += ", of which \(Self.text(kept.reduce(0) { $0 + $1.bytes })) is held for good by \(list)"
        }
        message += ". Raise FOVEA_MEMORY_BUDGET, use a smaller model"
        message += kept.isEmpty ? "." : ", or keep fewer models loaded."
        return FoveaError(.outOfMemory, message)
    }

    /// Megabytes, rounded up so that no model needs none.
    private static func text(_ bytes: Int) -> String {
        "\(bytes / 1_000_000 + (bytes % 1_000_000 > 0 ? 1 : 0)) MB"
    }
}
