import NIOCore
import NIOPosix

extension ListenAddress {
    /// This address, or every IPv4 address where it is every IPv6 address and
    /// the machine has no IPv6.
    func reachable(on group: any EventLoopGroup) async -> ListenAddress {
        guard host == "::" else { return self }
        do {
            let probe = try await ServerBootstrap(group: group).bind(host: host, port: 0).get()
            try await probe.close()
            return self
        } catch {
            return ListenAddress(host: "0.0.0.0", port: port)
        }
    }
}
