import FoveaCore
import Foundation

/// Which host wheels are fetched from.
package struct PackageSource: Sendable, Hashable {
    /// The start of every address, without a slash at its end.
    package let base: String

    /// - Parameter variables: the process's environment. `FOVEA_PACKAGE_MIRROR`
    ///   takes the place of `https://files.pythonhosted.org`.
    /// - Throws: ``FoveaError/Code/invalidSetting`` if it is not the address of
    ///   a web server.
    package init(variables: [String: String]) throws {
        guard let mirror = variables["FOVEA_PACKAGE_MIRROR"], !mirror.isEmpty else {
            base = RuntimeCatalogue.host
            return
        }
        guard let url = URL(string: mirror), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host()?.isEmpty == false, url.query() == nil, url.fragment() == nil
        else {
            throw FoveaError(
                .invalidSetting,
                """
                FOVEA_PACKAGE_MIRROR is not the address of a web server: \(mirror). It takes the place of \
                \(RuntimeCatalogue.host), so it has to look like https://mirror.example/pypi.
                """)
        }
        base = String(mirror.reversed().drop { $0 == "/" }.reversed())
    }

    package func address(of wheel: RuntimeWheel) -> String { "\(base)/\(wheel.path)" }
}
