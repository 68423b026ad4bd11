/// Where the service listens.
public struct ListenAddress: Sendable, Hashable {
    /// A host's name or address, without brackets.
    public var host: String
    /// 0 for any free port.
    public var port: Int

    /// - Parameter host: a name or an address; an IPv6 address with or without
    ///   brackets.
    public init(host: String, port: Int) {
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        self.port = port
    }
}

extension ListenAddress: CustomStringConvertible {
    /// As it stands in a URL: an IPv6 address in brackets.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
