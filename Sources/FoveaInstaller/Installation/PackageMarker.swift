package import Foundation
package import FoveaBackends

/// The file that tells that a folder is ours, and what was put there.
package struct PackageMarker: Codable, Sendable, Hashable {
    package struct Wheel: Codable, Sendable, Hashable {
        package var name: String
        package var sha256: String
    }

    package static let name = "fovea-package.json"

    package var package: RuntimePackage
    package var version: String
    package var architecture: String
    package var wheels: [Wheel]

    init(_ package: RuntimePackage, _ architecture: ProcessorArchitecture, _ wheels: [RuntimeWheel]) {
        self.package = package
        version = package.version
        self.architecture = architecture.rawValue
        self.wheels = wheels.map { Wheel(name: $0.name, sha256: $0.sha256) }
    }

    /// The marker of a folder; `nil` if it is not one that was installed as
    /// what its name says, or is a link to one.
    package init?(in folder: URL) {
        let values = try? folder.resourceValues(forKeys: [.isSymbolicLinkKey, .isDirectoryKey])
        guard values?.isSymbolicLink == false, values?.isDirectory == true,
            let data = try? Data(contentsOf: folder.appending(path: Self.name)),
            let marker = try? JSONDecoder().decode(Self.self, from: data),
            folder.lastPathComponent == "\(marker.package.rawValue)-\(marker.version)"
        else { return nil }
        self = marker
    }

    func write(into folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: folder.appending(path: Self.name))
    }
}
