import FoveaCore
import Foundation

/// The private folder that workers' sockets are in.
package struct WorkerFolder: Sendable {
    package let path: String

    /// What a socket's path may be long (`sun_path`), with the file's name.
    private static let maximumPathBytes = 107
    private static let fileNameBytes = 24

    /// Makes a new folder that only this user may enter, at the first place
    /// that can be written to.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` where there is none.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let places = [
            environment["FOVEA_RUNTIME_DIR"], environment["XDG_RUNTIME_DIR"], environment["TMPDIR"], "/run",
            "/tmp", "/dev/shm", "/var/tmp",
        ].compactMap(\.self).filter { $0.hasPrefix("/") }
        for place in places {
            let template = (place.hasSuffix("/") ? place : place + "/") + "fovea-XXXXXX"
            guard template.utf8.count + Self.fileNameBytes <= Self.maximumPathBytes else { continue }
            // mkdtemp makes it 0700.
            let made = template.withCString { pattern -> String? in
                var bytes = Array(UnsafeBufferPointer(start: pattern, count: strlen(pattern) + 1))
                return bytes.withUnsafeMutableBufferPointer { buffer in
                    buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
                }
            }
            if let made {
                path = made
                return
            }
        }
        throw FoveaError(
            .invalidSetting,
            """
            There is nowhere to put the sockets of workers: none of \(places.joined(separator: ", ")) can be \
            written to. Set FOVEA_RUNTIME_DIR to a folder that can be.
            """)
    }

    /// Makes the folder again where it was tidied away, as systems do with what
    /// nobody has touched for days.
    ///
    /// - Throws: where something else has taken its place.
    package func restore() throws {
        if mkdir(path, 0o700) == 0 { return }
        // Not followed where it is a link.
        let found = try? FileManager.default.attributesOfItem(atPath: path)
        guard found?[.type] as? FileAttributeType == .typeDirectory,
            (found?[.ownerAccountID] as? NSNumber)?.uint32Value == geteuid(),
            let permissions = (found?[.posixPermissions] as? NSNumber)?.intValue, permissions & 0o077 == 0
        else {
            throw FoveaError(
                .engineUnavailable,
                "The folder of workers' sockets, \(path), is gone or another's: restart the service.")
        }
    }

    /// Where a worker of this slot listens; another path for each of its workers.
    package func socket(slot: Int, generation: UInt64) -> String { "\(path)/\(slot)-\(generation).sock" }

    /// Removes the folder and the sockets that are left in it.
    package func remove() {
        for file in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        where file.hasSuffix(".sock") {
            unlink("\(path)/\(file)")
        }
        rmdir(path)
    }
}
