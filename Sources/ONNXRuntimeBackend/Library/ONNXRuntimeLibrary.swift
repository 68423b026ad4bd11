import CONNXRuntime
import FoveaBackends
import FoveaCore

/// ONNX Runtime's library, opened, with its table of functions.
///
/// Stays open for the life of the process.
package final class ONNXRuntimeLibrary: Sendable {
    /// The version that `make setup` installs.
    package static let pinnedVersion = RuntimePackage.onnxruntime.version

    /// Versions of the function table, best first. 24 tells which provider took
    /// which operator, 22 brought provider plug-ins and cancelled loads; all
    /// else that is used is in 20.
    private static let tableVersions: [UInt32] = [24, 22, 20]

    /// The file that was opened, or a bare name that the system resolved.
    package let path: String
    /// What the library calls itself: `1.31.1`.
    package let version: String
    /// Version of the function table: slots above 284 are there
    /// from 22 on, above 316 from 24 on.
    package let tableVersion: UInt32
    // Points into the library's read-only data, which stays mapped.
    nonisolated(unsafe) let api: UnsafePointer<OrtApi>

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the file is no
    ///   library of ONNX Runtime, or one that is too old.
    package init(path: String) throws {
        var reason = [CChar](repeating: 0, count: 1024)
        guard let base = fovea_ort_open(path, &reason, reason.count) else {
            throw FoveaError(
                .engineUnavailable,
                """
                ONNX Runtime's library \(path) cannot be opened: \(String(cCharacters: reason)). \
                \(Self.advice)
                """)
        }
        let version = base.pointee.GetVersionString().map { String(cString: $0) } ?? "of no known version"
        let table = Self.tableVersions.lazy.compactMap { wanted in
            // Asking for what is not there makes the library write to standard error.
            Self.minor(of: version).map { $0 >= wanted } ?? true
                ? base.pointee.GetApi(wanted).map { (wanted, $0) } : nil
        }.first
        guard let table else {
            throw FoveaError(
                .engineUnavailable,
                "ONNX Runtime \(version) in \(path) is too old: version 1.20 or newer is needed. \(Self.advice)"
            )
        }
        self.path = path
        self.version = version
        (self.tableVersion, self.api) = table
    }

    /// Opens the first library that the locator finds.
    package static func find(_ locator: LibraryLocator) throws -> ONNXRuntimeLibrary {
        if let path = try locator.locate() {
            return try ONNXRuntimeLibrary(path: path)
        }
        do {
            return try ONNXRuntimeLibrary(path: locator.systemName)
        } catch let error {
            throw FoveaError(
                .engineUnavailable,
                """
                ONNX Runtime's library was not found. Looked for \
                \(locator.candidates.joined(separator: ", ")) and, where the system looks, \
                \(locator.systemName). Version 1.20 or newer is needed. \(advice)
                """, cause: error)
        }
    }

    static let advice = """
        Run `make setup` to install version \(pinnedVersion), or set FOVEA_ONNXRUNTIME to the path of a \
        libonnxruntime.so.
        """

    /// The minor version, which is also the newest table the library has.
    private static func minor(of version: String) -> UInt32? {
        let parts = version.split(separator: ".")
        guard parts.count >= 2, parts[0] == "1" else { return nil }
        return UInt32(parts[1])
    }
}

extension ONNXRuntimeLibrary {
    /// Whether the library is of this minor version or newer.
    func isAtLeast(minor: UInt32) -> Bool {
        Self.minor(of: version).map { $0 >= minor } ?? false
    }

    /// Names of the execution providers that the library was built with.
    package func availableProviders() throws -> [String] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var count: Int32 = 0
        try check("list its execution providers", api.pointee.GetAvailableProviders(&names, &count))
        guard let names else { return [] }
        defer { discard(api.pointee.ReleaseAvailableProviders(names, count)) }
        return (0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } }
    }
}

extension String {
    /// The text up to the first NUL.
    init(cCharacters: [CChar]) {
        self.init(decoding: cCharacters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
