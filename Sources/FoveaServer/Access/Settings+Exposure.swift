extension Settings {
    /// What to tell whoever runs a service that others can reach and use; `nil`
    /// where they cannot.
    package var exposure: String? {
        guard access.isOpen, !address.isLoopback else { return nil }
        return """
            Everybody who reaches \(address) may use this service. Where that is more than your own containers, set \
            FOVEA_SECRET_PATH, FOVEA_TOKEN or FOVEA_ALLOWED_NETWORKS: see docs/threat-model.md
            """
    }
}

extension ListenAddress {
    /// Whether only this machine gets there.
    fileprivate var isLoopback: Bool {
        host.lowercased() == "localhost" || ClientNetwork.loopback.contains { $0.contains(host) }
    }
}
