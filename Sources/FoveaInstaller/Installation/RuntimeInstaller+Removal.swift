public import Foundation
public import FoveaBackends
import FoveaCore

extension RuntimeInstaller {
    /// Removes `package`, in all versions that were installed by
    /// ``install(_:progress:)``. Processes that have its files open keep them.
    ///
    /// - Returns: the folders that are gone; none if there was none.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the package was put
    ///   there otherwise, or cannot be removed.
    @discardableResult
    public func remove(_ package: RuntimePackage) async throws -> [URL] {
        let lock = try await lockForRemoval()
        defer { withExtendedLifetime(lock) {} }
        do {
            let removed = try await pool.run { try removeOwn(package) }
            if removed.isEmpty, let found = folder.find(package) { throw notOurs(package, at: found) }
            return removed
        } catch let fault as SystemFault {
            throw unusableDestination(package, fault)
        } catch let error as CocoaError {
            throw unusableDestination(package, error)
        }
    }

    /// Where nothing was ever installed there is nothing to lock, or remove.
    private func lockForRemoval() async throws -> InstallLock? {
        FileManager.default.fileExists(atPath: downloads.path) ? try await takeLock {} : nil
    }

    private func removeOwn(_ package: RuntimePackage) throws -> [URL] {
        guard FileManager.default.fileExists(atPath: folder.destination.path) else { return [] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.destination.path)
        let own = names.map { folder.destination.appending(path: $0, directoryHint: .isDirectory) }
            .filter { PackageMarker(in: $0)?.package == package }
        try removeLeftovers(of: package)
        for url in own {
            // Renamed first, so that nobody ever sees half a package.
            let old = url.deletingLastPathComponent().appending(
                path: "\(url.lastPathComponent).old-\(ProcessInfo.processInfo.processIdentifier)")
            try FileManager.default.moveItem(at: url, to: old)
            try FileManager.default.removeItem(at: old)
        }
        return own
    }

    private func notOurs(_ package: RuntimePackage, at found: URL) -> FoveaError {
        let isElsewhere = found.deletingLastPathComponent().path != folder.destination.path
        let reason =
            isElsewhere && PackageMarker(in: found) != nil
            ? """
            which is not in the folder that packages are installed to now (\(folder.destination.path)). Set \
            FOVEA_LIBRARY_FOLDER to \(found.deletingLastPathComponent().path) and remove it again
            """
            : """
            and was not put there by `fovea backends install`: there is no \(PackageMarker.name) in it. If \
            nothing else needs it, delete the folder yourself
            """
        return FoveaError(
            .engineUnavailable, "\(package.rawValue) was not removed. It is in \(found.path), \(reason).")
    }
}
