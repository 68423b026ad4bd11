import FoveaCore

extension TLSFiles {
    /// `nil` where neither is set.
    ///
    /// - Throws: where one is set without the other.
    init?(_ reader: inout SettingsReader) throws {
        let certificate = reader.string(
            "FOVEA_TLS_CERTIFICATE", "",
            "PEM file of the certificate and those that vouch for it; unset for no TLS")
        let key = reader.string("FOVEA_TLS_KEY", "", "PEM file of the certificate's key")
        guard certificate.isEmpty == key.isEmpty else {
            throw FoveaError(
                .invalidSetting, "FOVEA_TLS_CERTIFICATE and FOVEA_TLS_KEY belong together: set both, or none."
            )
        }
        guard !key.isEmpty else { return nil }
        self.init(certificate: certificate, key: key)
    }
}
