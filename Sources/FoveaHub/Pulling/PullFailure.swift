import FoveaCore
import FoveaModels
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What people are told when a model cannot be had.
enum PullFailure {
    /// A source, and why it was of no use.
    struct Attempt: Sendable {
        var source: ModelSource
        var failure: SourceFailure
    }

    static func unusable(_ home: ModelHome) -> FoveaError {
        FoveaError(
            .modelNotFound,
            """
            The name or revision of a model is empty, too long or has letters that no folder may have: \
            '\(home.name.prefix(100))' at '\(home.revision.prefix(100))'. Send the name of a model.
            """)
    }

    static func sources(
        _ home: ModelHome, _ part: ModelPart, _ attempts: [Attempt], in cache: URL
    ) -> FoveaError {
        let what = "Model \(home) is not in \(home.folder(in: cache).path)"
        guard let worst = attempts.max(by: { $0.failure.weight < $1.failure.weight }) else {
            return FoveaError(
                .modelNotFound, "\(what), and there is no source to get it from: set FOVEA_MODEL_SOURCES.")
        }
        let reasons = attempts.map { "\($0.source): \($0.failure)" }.joined(separator: "; ")
        let hint = Catalogue.hint(for: home.name, task: home.task)
        return FoveaError(
            worst.failure.isForGood ? .modelNotFound : .modelUnavailable,
            "\(what), and could not be got: \(reasons). \(worst.failure.nextStep)\(hint)",
            cause: worst.failure)
    }

    static func storage(_ home: ModelHome, in cache: URL, _ fault: SystemFault) -> FoveaError {
        let next =
            switch fault.number {
            case ENOSPC, EDQUOT, EFBIG:
                """
                There is no room: what has come is kept, so make room (`fovea models prune`, `fovea models \
                remove`) and try again, or set MACHINE_LEARNING_CACHE_FOLDER to a folder on another disk.
                """
            case EROFS, EACCES, EPERM:
                """
                The folder is read-only for this user: allow writing to it, put the model's files there \
                yourself, or set MACHINE_LEARNING_CACHE_FOLDER to another folder.
                """
            default: "Check the disk and the folder's permissions, and try again."
            }
        return FoveaError(
            .modelUnavailable, "Model \(home) could not be written to \(cache.path): \(fault). \(next)",
            cause: fault)
    }

    static func noRoom(_ home: ModelHome, in cache: URL, needed: Int, free: Int) -> FoveaError {
        FoveaError(
            .modelUnavailable,
            """
            There is too little room for model \(home) in \(cache.path): \(needed) bytes are to be fetched, and \
            \(free) are free. Make room (`fovea models prune`, `fovea models remove`), or set \
            MACHINE_LEARNING_CACHE_FOLDER to a folder on another disk.
            """)
    }
}

extension PullFailure {
    static func unrepaired(
        _ home: ModelHome, _ broken: [FileVerdict], _ attempts: [Attempt], folder: URL
    ) -> FoveaError {
        let files = broken.map { "\($0.path) is \($0)" }.joined(separator: "; ")
        let reasons = attempts.map { "\($0.source): \($0.failure)" }.joined(separator: "; ")
        let worst = attempts.max { $0.failure.weight < $1.failure.weight }
        return FoveaError(
            .modelInvalid,
            """
            Model \(home) is broken in \(folder.path): \(files). Nothing was changed about that, because no \
            replacement could be got\(reasons.isEmpty ? ": there is no source" : ": \(reasons)"). \
            \(worst?.failure.nextStep ?? "Set FOVEA_MODEL_SOURCES.")
            """, cause: worst?.failure)
    }
}
