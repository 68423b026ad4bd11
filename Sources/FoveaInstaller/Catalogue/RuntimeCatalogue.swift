public import FoveaBackends

/// Which wheels a runtime is made of.
///
/// To move to another version: get
/// `https://pypi.org/simple/<project>/` with the header
/// `Accept: application/vnd.pypi.simple.v1+json`, take the file's name, `size`,
/// `hashes.sha256` and the part of its `url` between `packages/` and the name
/// (PEP 691 describes the format); list the file with `unzip -lv` to see what
/// to keep, and put the sum of the kept files' sizes, licences included, under
/// `unpacked`. Then change ``RuntimePackage/version`` and the file names beside
/// it. Installing fails with the figures if something does not add up.
///
/// The wheels are for some version of Python, but nothing of Python is used.
/// No file in them is larger than 768 MB, so that ZIP64 is not needed.
public struct RuntimeCatalogue: Sendable {
    /// One row: the wheels of a package on one architecture.
    package struct Entry: Sendable {
        package var package: RuntimePackage
        package var architecture: ProcessorArchitecture
        package var wheels: [RuntimeWheel]

        package init(
            _ package: RuntimePackage, _ architecture: ProcessorArchitecture, _ wheels: [RuntimeWheel]
        ) {
            self.package = package
            self.architecture = architecture
            self.wheels = wheels
        }
    }

    /// The host of the paths in ``RuntimeWheel/path``.
    package static let host = "https://files.pythonhosted.org"

    /// The runtimes that Fovea knows.
    public static let builtIn = RuntimeCatalogue(
        entries: onnxRuntime + webGPU + intel + cuda13 + cuda12 + tensorRTRTX + amd)

    package var entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The wheels of `package`, in the order in which they are unpacked; `nil`
    /// if its vendor has none for `architecture`.
    public func wheels(
        of package: RuntimePackage, on architecture: ProcessorArchitecture
    ) -> [RuntimeWheel]? {
        entries.first { $0.package == package && $0.architecture == architecture }?.wheels
    }

    /// The names of files that are always kept, in the folder `licences`:
    /// licences, notices, and what names them where there are none.
    package static let licences = [
        "LICENSE*", "LICENCE*", "License*", "COPYING*", "NOTICE*", "ThirdPartyNotices*",
        "third-party-programs*", "Acknowledgements*", "README.txt", "METADATA",
    ]
}
