import Foundation

/// A range of addresses as people write it: `192.168.1.0/24`, `fd00::/8`, or
/// one address alone.
public struct ClientNetwork: Sendable, Hashable {
    /// In network order: 4 bytes, or 16.
    private let address: [UInt8]
    /// Bits that all addresses of the range have in common.
    private let prefixLength: Int

    /// `nil` where the text is no address, or its length none for it.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ Self.address($0) }) else { return nil }
        self.address = address
        guard parts.count == 2 else {
            prefixLength = address.count * 8
            return
        }
        guard let length = Int(parts[1]), (0...address.count * 8).contains(length) else { return nil }
        prefixLength = length
    }

    /// Whether a client's address lies in the range.
    ///
    /// - Parameter client: an address without its port.
    public func contains(_ client: String) -> Bool {
        guard let other = Self.address(client[...]), other.count == address.count else { return false }
        return (0..<address.count).allSatisfy { index in
            let bits = min(8, max(0, prefixLength - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            return (address[index] ^ other[index]) & mask == 0
        }
    }

    /// The bytes of an address. One of IPv4 in IPv6's clothes, as those who
    /// listen to both are given it (RFC 4291, 2.5.5.2), is one of IPv4.
    private static func address(_ text: Substring) -> [UInt8]? {
        // A link-local address may name its interface after a `%`.
        let text = String(text.prefix { $0 != "%" })
        var bytes = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &bytes) == 1 { return bytes }
        bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &bytes) == 1 else { return nil }
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? Array(bytes.suffix(4)) : bytes
    }
}

extension ClientNetwork {
    /// The machine itself.
    package static let loopback = [ClientNetwork("127.0.0.0/8"), ClientNetwork("::1")].compactMap { $0 }
}
