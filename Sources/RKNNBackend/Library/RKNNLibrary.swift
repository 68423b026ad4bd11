import CRKNN
import FoveaCore
import Synchronization

/// Rockchip's runtime, opened, with its functions.
///
/// Stays open for the life of the process.
package final class RKNNLibrary: Sendable {
    /// The file that was opened, or a bare name that the system resolved.
    package let path: String
    let functions: RKNNFunctions
    private let known = Mutex<Versions?>(nil)

    /// What the runtime tells about itself once a model is loaded.
    struct Versions: Sendable, Hashable {
        /// Such as `2.3.2`.
        var library: String
        /// That of the kernel's driver, such as `0.9.8`.
        var driver: String
    }

    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the file is not
    ///   Rockchip's runtime.
    package init(path: String) throws {
        var reason = [CChar](repeating: 0, count: 1024)
        var functions = RKNNFunctions()
        guard fovea_rknn_open(path, &functions, &reason, reason.count) == 0 else {
            throw FoveaError(
                .engineUnavailable,
                "Rockchip's runtime \(path) cannot be opened: \(String(characters: reason)). \(Self.advice)")
        }
        self.path = path
        self.functions = functions
    }

    /// Opens the library that the locator finds.
    package static func find(_ locator: LibraryLocator) throws -> RKNNLibrary {
        if let path = try locator.locate() {
            return try RKNNLibrary(path: path)
        }
        do {
            return try RKNNLibrary(path: locator.systemName)
        } catch let error {
            throw FoveaError(
                .engineUnavailable,
                """
                Rockchip's runtime was not found. Looked for \(locator.candidates.joined(separator: ", ")) and, \
                where the system looks, \(locator.systemName). \(advice)
                """, cause: error)
        }
    }

    static let advice = """
        Take librknnrt.so from https://github.com/airockchip/rknn-toolkit2, folder \
        rknpu2/runtime/Linux/librknn_api/aarch64, and put it at /usr/lib/librknnrt.so, or set LIBRKNNRT_PATH \
        to where it is.
        """

    /// `nil` until a model was loaded: the runtime tells only then.
    var versions: Versions? { known.withLock { $0 } }

    func learn(_ versions: Versions) { known.withLock { $0 = versions } }

    /// - Parameter status: what `call` returned; `nil` if the library does not
    ///   have the function.
    func check(_ call: String, _ status: Int32?) throws(RKNNStatus) {
        let status = Int(status ?? Int32(RKNN_BAD_PARAMETER))
        // Every error is negative.
        guard status < RKNN_OK else { return }
        throw RKNNStatus(call: call, code: status)
    }
}

extension String {
    /// The text up to the first NUL. `CChar` is signed on some processors only.
    init(characters: some Sequence<CChar>) {
        self.init(
            decoding: characters.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }
}
