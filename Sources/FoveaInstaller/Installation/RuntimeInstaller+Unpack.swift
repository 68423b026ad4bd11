import Foundation
import FoveaBackends
import FoveaCore

extension RuntimeInstaller {
    /// Unpacks into a folder beside the package's and renames it at the end, so
    /// that nobody ever sees half a package.
    func unpack(
        _ wheels: [RuntimeWheel], of package: RuntimePackage, _ architecture: ProcessorArchitecture,
        _ report: @escaping @Sendable (InstallProgress.Phase, Int, Int) -> Void
    ) async throws {
        let new = temporaryFolder(of: package, ".new")
        do {
            try FileManager.default.createDirectory(at: new, withIntermediateDirectories: false)
            let total = wheels.reduce(0) { $0 + $1.unpackedBytes }
            var done = 0
            for wheel in wheels {
                try await unpack(wheel, into: new) { [done] in report(.unpacking, done + $0, total) }
                done += wheel.unpackedBytes
            }
            try PackageMarker(package, architecture, wheels).write(into: new)
            try await pool.run { try put(new, inPlaceOf: package) }
        } catch {
            try? FileManager.default.removeItem(at: new)
            throw error
        }
        for wheel in wheels { try? FileManager.default.removeItem(at: download(of: wheel)) }
    }

    private func unpack(
        _ wheel: RuntimeWheel, into new: URL, progress: @escaping @Sendable (Int) -> Void
    ) async throws {
        let url = download(of: wheel)
        do {
            let (archive, plan) = try await pool.run {
                let archive = try ZipArchive(url)
                return (archive, try UnpackPlan(archive.entries, of: wheel))
            }
            var done = 0
            // A call for each file, so that a cancelled task ends between them.
            for item in plan.items {
                try await pool.run { [done] in
                    var written = done
                    try Unpacker(archive, into: new).write(item) {
                        written += $0
                        progress(written)
                    }
                }
                done += item.entry.bytes
            }
        } catch let fault as ZipFault {
            throw FoveaError(
                .engineUnavailable,
                """
                \(wheel.name) has the pinned hash, but cannot be unpacked: \(fault). Nothing was installed. \
                This is a fault in Fovea's list of packages: please report it.
                """)
        }
    }

    private func put(_ new: URL, inPlaceOf package: RuntimePackage) throws {
        let place = folder.destination(of: package)
        // Downloading takes long enough for somebody to put something there.
        try checkPlace(place)
        // Only a folder of ours, or an empty one, is still there.
        try? FileManager.default.removeItem(at: place)
        guard rename(new.path, place.path) == 0 else { throw SystemFault("rename", place.path) }
    }

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if there is something in
    ///   the package's place that is not ours to replace.
    func checkPlace(_ place: URL) throws {
        guard (try? FileManager.default.attributesOfItem(atPath: place.path)) != nil,
            PackageMarker(in: place) == nil,
            (try? FileManager.default.contentsOfDirectory(atPath: place.path))?.isEmpty != true
        else { return }
        throw FoveaError(
            .engineUnavailable,
            """
            \(place.path) is there, but incomplete, and it was not made by `fovea backends install`. Move it \
            away or delete it, and install again.
            """)
    }

    private func temporaryFolder(of package: RuntimePackage, _ ending: String) -> URL {
        let name = "\(package.folderName)\(ending)-\(ProcessInfo.processInfo.processIdentifier)"
        return folder.destination.appending(path: name, directoryHint: .isDirectory)
    }

    /// Removes what installers left that were killed. To be called with the
    /// lock, which says that none is at work.
    func removeLeftovers(of package: RuntimePackage) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.destination.path)
        where name.hasPrefix("\(package.rawValue)-") && name.contains(/\.(new|old)-[0-9]+$/) {
            try FileManager.default.removeItem(at: folder.destination.appending(path: name))
        }
    }
}
