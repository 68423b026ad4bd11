import AsyncHTTPClient
public import Foundation
public import FoveaBackends
import FoveaCore
import FoveaDownload

extension RuntimeInstaller {
    /// Installs `package`, unless it is there.
    ///
    /// What is downloaded is kept until it is unpacked: a call after one that
    /// failed, was cancelled or was killed goes on where that stopped. Of calls
    /// at the same time, in any process, one downloads and the others wait.
    ///
    /// - Parameter progress: is told how far it is, on any thread; about once
    ///   for each megabyte.
    /// - Returns: the package's folder.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the package cannot be
    ///   had or put there; ``FoveaError/Code/invalidSetting`` for a mirror or
    ///   proxy that cannot be used; `CancellationError`.
    @discardableResult
    public func install(
        _ package: RuntimePackage, progress: @escaping @Sendable (InstallProgress) -> Void = { _ in }
    ) async throws -> URL {
        if let found = folder.find(package) { return found }
        guard let architecture, let wheels = catalogue.wheels(of: package, on: architecture) else {
            throw unsupported(package)
        }
        let report = { @Sendable phase, bytes, total in
            progress(InstallProgress(package: package, phase: phase, bytes: bytes, total: total))
        }
        let source = try PackageSource(variables: variables)
        do {
            try FileManager.default.createDirectory(at: downloads, withIntermediateDirectories: true)
            let lock = try await takeLock { report(.waiting, 0, 0) }
            defer { withExtendedLifetime(lock) {} }
            // Whoever had the lock may have installed it.
            if let found = folder.find(package) { return found }
            try checkPlace(folder.destination(of: package))
            try removeLeftovers(of: package)
            try checkRoom(for: wheels, of: package)
            try await download(wheels, from: source, report)
            try await unpack(wheels, of: package, architecture, report)
        } catch let fault as SystemFault {
            throw unusableDestination(package, fault)
        } catch let error as CocoaError {
            throw unusableDestination(package, error)
        }
        return folder.destination(of: package)
    }

    /// Waits until no other installer is at work.
    func takeLock(whileWaiting: () -> Void) async throws -> InstallLock {
        while true {
            if let lock = try InstallLock(downloads.appending(path: "lock")) { return lock }
            whileWaiting()
            // To be told would take a thread that cannot be interrupted.
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func download(
        _ wheels: [RuntimeWheel], from source: PackageSource,
        _ report: @escaping @Sendable (InstallProgress.Phase, Int, Int) -> Void
    ) async throws {
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: try .downloads(from: source.base, variables: variables))
        // A pinned file that is wrong at the first try is wrong on the server.
        let files = FileDownloader(
            http: http, pool: pool, longestWait: 120, refetchesWrongFiles: false, pause: pause)
        let downloader = WheelDownloader(files: files, source: source)
        do {
            try await WheelDownloads(wheels: wheels, file: download(of:), report: report)
                .run(with: downloader)
        } catch {
            try? await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    private func checkRoom(for wheels: [RuntimeWheel], of package: RuntimePackage) throws {
        let downloaded = bytesToDownload(wheels)
        let unpacked = wheels.reduce(0) { $0 + $1.unpackedBytes }
        guard let free = freeBytes(folder.destination), free < downloaded + unpacked else { return }
        throw FoveaError(
            .engineUnavailable,
            """
            There is too little room for \(package.rawValue) in \(folder.destination.path): it takes \
            \(ByteCount.text(downloaded + unpacked)) while it is installed (\(ByteCount.text(downloaded)) to \
            download, \(ByteCount.text(unpacked)) unpacked), and \(ByteCount.text(free)) are free. Make \
            room, or set FOVEA_LIBRARY_FOLDER to a folder on another disk.
            """)
    }

    private func unsupported(_ package: RuntimePackage) -> FoveaError {
        let others = ProcessorArchitecture.allCases.filter { catalogue.wheels(of: package, on: $0) != nil }
        return FoveaError(
            .engineUnavailable,
            """
            \(package.rawValue) cannot be installed here: its vendor has no build for this processor\
            \(architecture.map { " (\($0.rawValue))" } ?? ""), only for \
            \(others.isEmpty ? "none" : others.map(\.rawValue).joined(separator: ", ")).
            """)
    }

    func unusableDestination(_ package: RuntimePackage, _ error: any Error) -> FoveaError {
        FoveaError(
            .engineUnavailable,
            """
            \(package.rawValue) could not be written to \(folder.destination.path). Allow writing there and \
            make sure that there is room, or set FOVEA_LIBRARY_FOLDER to another folder.
            """,
            cause: error)
    }
}
