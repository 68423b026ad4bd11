import FoveaServer
import Testing

@Suite struct ClientNetworkTests {
    @Test(arguments: [
        ("192.168.1.0/24", "192.168.1.7"), ("192.168.1.0/24", "192.168.1.255"),
        ("192.168.1.9/24", "192.168.1.7"), ("10.0.0.0/8", "10.255.0.1"), ("172.16.0.0/12", "172.31.255.255"),
        ("192.168.1.7", "192.168.1.7"), ("192.168.1.6/31", "192.168.1.7"), ("0.0.0.0/0", "8.8.8.8"),
        ("fd00::/8", "fd12:3456::1"), ("fe80::/10", "fe80::1%eth0"), ("::1", "::1"), ("::/0", "2001:db8::1"),
        // How IPv4 looks to those who listen to both.
        ("192.168.1.0/24", "::ffff:192.168.1.7"), ("::ffff:192.168.1.7", "192.168.1.7"),
    ])
    func holds(_ range: String, _ client: String) throws {
        #expect(try #require(ClientNetwork(range)).contains(client))
    }

    @Test(arguments: [
        ("192.168.1.0/24", "192.168.2.7"), ("172.16.0.0/12", "172.32.0.1"), ("192.168.1.7", "192.168.1.8"),
        ("192.168.1.6/31", "192.168.1.8"), ("fd00::/8", "fe00::1"), ("::/0", "8.8.8.8"),
        ("0.0.0.0/0", "::1"), ("192.168.1.0/24", ""), ("192.168.1.0/24", "example.org"),
    ])
    func doesNotHold(_ range: String, _ client: String) throws {
        #expect(!(try #require(ClientNetwork(range)).contains(client)))
    }

    @Test(arguments: [
        "", "/", "/8", "192.168.1.0/", "192.168.1.0/33", "192.168.1.0/-1", "192.168.1/24", "fd00::/129",
        "lan",
        "192.168.1.0/24/8", "1.2.3.4/ 8",
    ])
    func isNone(_ text: String) { #expect(ClientNetwork(text) == nil) }
}
