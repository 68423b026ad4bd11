package import FoveaCore
package import NIOSSL

/// How other services are asked that slots name.
public struct ServiceSettings: Sendable {
    /// Is sent to them as `Authorization: Bearer …`; `nil` for none.
    public var token: String?
    /// A PEM file with authorities to trust beside the system's; `nil` for none.
    public var authorities: String?

    init(_ reader: inout SettingsReader) throws {
        let name = "FOVEA_SERVICE_TOKEN"
        token = try reader.secret(name, "Token that is sent to the other services that slots name")
        guard token?.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) ?? true else {
            throw FoveaError(
                .invalidSetting,
                "\(name) holds blanks or other characters that cannot be sent in a header: correct it or unset it."
            )
        }
        let path = reader.string(
            "FOVEA_SERVICE_CA", "",
            "PEM file with authorities to trust for other services, beside the system's")
        authorities = path.isEmpty ? nil : path
    }
}

extension ServiceSettings {
    /// How connections to them are encrypted; `nil` for the usual way.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting`` where the authorities cannot
    ///   be read.
    package func tlsConfiguration() throws(FoveaError) -> TLSConfiguration? {
        guard let authorities else { return nil }
        var tls = TLSConfiguration.makeClientConfiguration()
        do {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(authorities))]
        } catch {
            throw FoveaError(
                .invalidSetting,
                """
                FOVEA_SERVICE_CA is '\(authorities)', which is no PEM file of certificates that can be read: correct \
                its path or permissions, or unset it.
                """,
                cause: error)
        }
        return tls
    }
}
