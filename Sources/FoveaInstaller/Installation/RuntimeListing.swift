public import FoveaBackends
public import Foundation

/// A package, and whether it is there.
public struct RuntimeListing: Sendable, Hashable {
    /// Whether a package is there, or can be.
    public enum State: Sendable, Hashable {
        /// It is in `folder`. Only what ``RuntimeInstaller`` put there can be
        /// removed by it.
        case installed(folder: URL, isRemovable: Bool)
        /// It can be installed: `downloadBytes` to fetch, less what an earlier
        /// attempt has fetched, and `installedBytes` on the disk afterwards.
        case available(downloadBytes: Int, installedBytes: Int)
        /// Its vendor has none for this processor; for these it has.
        case unsupported(otherArchitectures: [ProcessorArchitecture])
    }

    /// The package.
    public let package: RuntimePackage
    /// Whether it is there.
    public let state: State

    package init(package: RuntimePackage, state: State) {
        self.package = package
        self.state = state
    }
}
