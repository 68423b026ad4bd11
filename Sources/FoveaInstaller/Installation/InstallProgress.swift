public import FoveaBackends

/// How far an installation is. Where a package has several files, phases
/// alternate: each file is verified once it is downloaded.
public struct InstallProgress: Sendable, Hashable {
    /// What is being done.
    public enum Phase: Sendable, Hashable, CaseIterable {
        /// Another process installs into the same folder.
        case waiting
        /// Bytes that an earlier attempt has fetched count as done.
        case downloading
        /// The files' hashes are compared with the pinned ones.
        case verifying
        /// Nothing is in its place before all is unpacked.
        case unpacking
    }

    /// What is being installed.
    public var package: RuntimePackage
    /// What is being done.
    public var phase: Phase
    /// Bytes that this phase has done, of all files together.
    public var bytes: Int
    /// Bytes that this phase has to do.
    public var total: Int

    package init(package: RuntimePackage, phase: Phase, bytes: Int, total: Int) {
        self.package = package
        self.phase = phase
        self.bytes = bytes
        self.total = total
    }
}
