/// A call that ``RecordingRuntime`` got.
struct RecordedCall: Equatable, CustomStringConvertible {
    /// What it was about, with a number: `options3`, `cuda4`; `library` where
    /// it was about nothing in particular.
    let subject: String
    /// The call, by its name in ONNX Runtime's table, or `created`, `released`.
    let name: String
    /// Options as `key=value`, in the order they came.
    let arguments: [String]

    init(_ line: Substring) {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        subject = parts[0]
        name = parts.count > 1 ? parts[1] : ""
        arguments = Array(parts.dropFirst(2))
    }

    /// The subject without its number.
    var kind: Substring { subject.prefix { !$0.isNumber } }

    var description: String { ([subject, name] + arguments).joined(separator: " ") }
}

extension [RecordedCall] {
    func named(_ name: String) -> [RecordedCall] { filter { $0.name == name } }

    /// Those about the session options that a model was opened with last.
    func options(of model: String) -> [RecordedCall] {
        guard let last = last(where: { $0.name == "CreateSession" && $0.arguments == [model] }) else {
            return []
        }
        return filter { $0.subject == last.subject }
    }

    /// Entries of the session's configuration.
    var entries: [String] { named("AddSessionConfigEntry").flatMap(\.arguments) }

    /// Objects of a kind that were made and never released, or more than once.
    func unbalanced(_ kinds: Set<Substring>) -> [String] {
        let made = named("created").filter { kinds.contains($0.kind) }.map(\.subject)
        let gone = named("released").filter { kinds.contains($0.kind) }.map(\.subject)
        return made.filter { subject in gone.count { $0 == subject } != 1 }
            + gone.filter { !made.contains($0) }
    }
}
