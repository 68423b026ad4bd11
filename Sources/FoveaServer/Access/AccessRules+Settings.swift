import FoveaCore

extension AccessRules {
    init(_ reader: inout SettingsReader) throws {
        let tokens = try reader.secret(
            "FOVEA_TOKEN", "Tokens that open the service, separated by blanks or lines; unset for none")
        let path = try reader.secret(
            "FOVEA_SECRET_PATH", "First part of the path that opens the service; unset for none")
        if let path, let reason = Self.objection(to: path) {
            throw FoveaError(
                .invalidSetting,
                "FOVEA_SECRET_PATH \(reason): 'openssl rand -hex 16' makes a good one.")
        }
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
            tokens: (tokens ?? "").split(whereSeparator: \.isWhitespace).map { Secret(String($0)) },
            secretPath: path.map { Secret($0) }, networks: networks)
    }

    /// Characters that stand for themselves in a URL (RFC 3986, 2.3): whoever
    /// escapes them all the same is not understood.
    private static func objection(to path: String) -> String? {
        let isPlain = path.utf8.allSatisfy { byte in
            let scalar = Unicode.Scalar(byte)
            return scalar.isASCII && (scalar.properties.isAlphabetic || (48...57).contains(byte))
                || "-._~".utf8.contains(byte)
        }
        guard isPlain else { return "may have letters, digits, '-', '.', '_' and '~' only, without slashes" }
        return path.utf8.count < 16 ? "is shorter than 16 characters, and could be guessed" : nil
    }
}
