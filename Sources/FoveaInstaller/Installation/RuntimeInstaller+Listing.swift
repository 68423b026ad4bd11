public import FoveaBackends
import FoveaDownload
import Foundation

extension RuntimeInstaller {
    /// All packages that Fovea knows, and whether they are there.
    public func list() -> [RuntimeListing] {
        RuntimePackage.allCases.map { RuntimeListing(package: $0, state: state(of: $0)) }
    }

    /// Whether `package` is there.
    public func state(of package: RuntimePackage) -> RuntimeListing.State {
        if let found = folder.find(package) {
            let isOurs = PackageMarker(in: found)?.package == package
            return .installed(
                folder: found,
                isRemovable: isOurs && found.path == folder.destination(of: package).path)
        }
        guard let architecture, let wheels = catalogue.wheels(of: package, on: architecture) else {
            return .unsupported(
                otherArchitectures: ProcessorArchitecture.allCases.filter {
                    catalogue.wheels(of: package, on: $0) != nil
                })
        }
        return .available(
            downloadBytes: bytesToDownload(wheels), installedBytes: wheels.reduce(0) { $0 + $1.unpackedBytes }
        )
    }

    func bytesToDownload(_ wheels: [RuntimeWheel]) -> Int {
        wheels.reduce(0) { sum, wheel in
            sum + wheel.bytes - min(FileDownloader.bytesPresent(in: download(of: wheel)), wheel.bytes)
        }
    }
}
