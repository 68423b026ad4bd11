extension Settings {
    /// What to tell whoever runs a service that others can reach and use; `nil`
    /// where they cannot.
    package var exposure: String? {
        let scheme = tls == nil ? "http" : "https"
        guard access.isOpen, !address.isLoopback else { return nil }
        return """
            Everybody who reaches \(address) may use this service. That is well where only your own containers do; \
            else set FOVEA_SECRET_PATH, to what 'openssl rand -hex 16' prints, and give Immich the URL \
            \(scheme)://<this host>:\(address.port)/<that>/
            """
    }
}

extension ListenAddress {
    /// Whether only this machine gets there.
    package var isLoopback: Bool {
        host.lowercased() == "localhost" || ClientNetwork.loopback.contains { $0.contains(host) }
    }
}
