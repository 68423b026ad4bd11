import CArmNN
package import Foundation

/// How Arm NN's runtime is started.
package struct RuntimeOptions: Sendable, Hashable {
    package var dynamicBackendsPath: String?
    package var tuningLevel: Int
    package var tuningFile: URL?

    package init(_ configuration: ArmNNConfiguration) {
        dynamicBackendsPath = configuration.dynamicBackendsPath
        tuningLevel = configuration.tuningLevel
        tuningFile = configuration.tuningFile
    }
}

/// What happens to the tuning file while a runtime is alive.
///
/// The tuner reads its file at level 0 only, where it does not write it, and
/// writes what it found at the other levels when the runtime ends
/// (`ClBackendContext` of Arm NN, `CLTuner` of the Compute Library).
enum TuningPlan: Sendable {
    /// The file is only read.
    case read(URL)
    /// It is written under another name and gets its own once it is whole.
    case write(PendingFile)
    /// Nothing is kept: no file is named, or its folder cannot be written to.
    case none

    init(_ options: RuntimeOptions) {
        guard let file = options.tuningFile else {
            self = .none
            return
        }
        if options.tuningLevel == 0 {
            self = .read(file)
        } else {
            self = PendingFile(for: file).map(TuningPlan.write) ?? .none
        }
    }

    /// The path that the tuner is given.
    var path: String? {
        switch self {
        case .read(let file): file.path(percentEncoded: false)
        case .write(let pending): pending.temporaryPath
        case .none: nil
        }
    }

    /// Keeps what was found. To be called when the runtime has ended.
    func finish() {
        if case .write(let pending) = self { _ = pending.commit() }
    }

    /// Removes what was prepared for a runtime that did not start.
    func abandon() {
        if case .write(let pending) = self { pending.discard() }
    }
}
