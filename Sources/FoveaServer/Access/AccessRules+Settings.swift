import FoveaCore

extension AccessRules {
    /// The variables that close the service to some, TLS included: not for one
    /// that is started to be asked by its parent alone.
    package static let variables: Set<String> = [
        "FOVEA_TOKEN", "FOVEA_TOKEN_FILE", "FOVEA_SECRET_PATH", "FOVEA_SECRET_PATH_FILE",
        "FOVEA_ALLOWED_NETWORKS", "FOVEA_TLS_CERTIFICATE", "FOVEA_TLS_KEY",
    ]

    init(_ reader: inout SettingsReader) throws {
        let tokens = try reader.secret(
            "FOVEA_TOKEN", "Tokens that open the service, separated by blanks or lines; unset for none"
        )?.split(whereSeparator: \.isWhitespace).map(String.init)
        for token in tokens ?? [] {
            try Self.check(token, "each token of FOVEA_TOKEN", letters: "-._~+/=")
        }
        let path = try reader.secret(
            "FOVEA_SECRET_PATH", "First part of the path that opens the service; unset for none")
        if let path { try Self.check(path, "FOVEA_SECRET_PATH", letters: "-._~") }
        let networks =
            try reader.optional(
                "FOVEA_ALLOWED_NETWORKS",
                "Networks that clients may come from, separated by commas; unset for any",
                allowed: "addresses or networks, such as 192.168.1.0/24,fd00::/8"
            ) { text -> [ClientNetwork]? in
                let names = SettingsReader.names(in: text)
                let networks = names.compactMap(ClientNetwork.init)
                return networks.count == names.count && !networks.isEmpty ? networks : nil
            } ?? []
        self.init(
            tokens: (tokens ?? []).map { Secret($0) }, secretPath: path.map { Secret($0) }, networks: networks
        )
    }

    /// Refuses what could be guessed, or is written in ways that clients differ
    /// about.
    ///
    /// - Parameter letters: what it may have beside letters and digits: in a
    ///   path what stands for itself in a URL (RFC 3986, 2.3), in a token what
    ///   RFC 6750, 2.1 allows.
    /// - Throws: an error without the secret in it.
    private static func check(_ secret: String, _ name: String, letters: String) throws(FoveaError) {
        let isPlain = secret.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122: true
            default: letters.utf8.contains(byte)
            }
        }
        let hint = "'openssl rand -hex 16' makes a good one."
        guard isPlain else {
            throw FoveaError(
                .invalidSetting,
                "\(name) may have letters, digits and \(letters.map { "'\($0)'" }.joined(separator: " ")): \(hint)"
            )
        }
        guard secret.utf8.count >= 16 else {
            throw FoveaError(
                .invalidSetting, "\(name) has to have 16 characters at least, not to be guessed: \(hint)")
        }
    }
}
