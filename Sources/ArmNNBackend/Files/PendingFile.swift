import Foundation

/// A file that a library is to write, under another name until it is whole.
struct PendingFile: Sendable {
    /// What it is to be called.
    let destination: URL
    /// Where it is written.
    let temporary: URL

    /// Makes an empty file beside the destination.
    ///
    /// - Returns: `nil` where there is none to be made: no such folder, one
    ///   that cannot be written to, a full disk.
    init?(for destination: URL) {
        let folder = destination.deletingLastPathComponent()
        let name = ".\(destination.lastPathComponent)"
        Self.removeAbandoned(in: folder, name)
        self.destination = destination
        temporary = folder.appending(path: "\(name).\(getpid()).\(UUID().uuidString.prefix(8)).tmp")
        guard (try? Data().write(to: temporary, options: .withoutOverwriting)) != nil else { return nil }
    }

    var temporaryPath: String { temporary.path(percentEncoded: false) }

    /// Gives the file its name, taking the place of what had it, at one
    /// stroke. Does nothing if nothing was written.
    ///
    /// - Returns: whether there is such a file now.
    func commit() -> Bool {
        let size = (try? FileManager.default.attributesOfItem(atPath: temporaryPath)[.size]) as? Int
        guard let size, size > 0,
            rename(temporaryPath, destination.path(percentEncoded: false)) == 0
        else {
            discard()
            return false
        }
        return true
    }

    /// Removes the file.
    func discard() { try? FileManager.default.removeItem(at: temporary) }

    /// Removes what processes left that ended while they wrote.
    private static func removeAbandoned(in folder: URL, _ name: String) {
        let files =
            (try? FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))) ?? []
        for file in files where file.hasPrefix("\(name).") && file.hasSuffix(".tmp") {
            guard
                let process = file.dropFirst(name.count + 1).split(separator: ".").first.flatMap({ pid_t($0) }
                ),
                process != getpid(), kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(at: folder.appending(path: file))
        }
    }
}
