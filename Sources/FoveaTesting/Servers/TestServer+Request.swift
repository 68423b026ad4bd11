import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension TestServer {
    /// What a client asked.
    package struct Request: Sendable, Hashable {
        package var method: String
        /// With the query, as it was sent.
        package var path: String
        /// By name in lower case.
        package var headers: [String: String]

        package init(method: String = "GET", path: String, headers: [String: String] = [:]) {
            self.method = method
            self.path = path
            self.headers = headers
        }

        /// Reads a request's head from a socket; blocks.
        init?(readFrom connection: Int32) {
            var bytes: [UInt8] = []
            while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8) {
                var byte: UInt8 = 0
                guard bytes.count < 1 << 16, recv(connection, &byte, 1, 0) == 1 else { return nil }
                bytes.append(byte)
            }
            let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
            let first = lines[0].split(separator: " ").map(String.init)
            guard first.count >= 2 else { return nil }
            let headers = lines.dropFirst().compactMap { line -> (String, String)? in
                let parts = line.split(separator: ":", maxSplits: 1)
                return parts.count == 2
                    ? (parts[0].lowercased(), parts[1].trimmingCharacters(in: .whitespaces)) : nil
            }
            self.init(method: first[0], path: first[1], headers: Dictionary(headers) { $1 })
        }

        /// The path without its query, decoded.
        package var plainPath: String {
            let path = String(path.prefix { $0 != "?" })
            return path.removingPercentEncoding ?? path
        }

        /// What the query says.
        package var query: [String: String] {
            let items = URLComponents(string: "http://host\(path)")?.queryItems ?? []
            return Dictionary(items.map { ($0.name, $0.value ?? "") }) { $1 }
        }

        /// The offsets of the only range that it asks for, of a file of so many bytes; `nil` for all of it.
        ///
        /// - Returns: an empty range for one that lies behind the file.
        package func range(of total: Int) -> Range<Int>? {
            guard let value = headers["range"], value.hasPrefix("bytes=") else { return nil }
            let sides = value.dropFirst("bytes=".count)
                .split(separator: "-", omittingEmptySubsequences: false)
            guard sides.count == 2, let first = Int(sides[0]) else { return nil }
            guard first < total else { return total..<total }
            let last = min(Int(sides[1]) ?? total - 1, total - 1)
            return last < first ? nil : first..<last + 1
        }
    }
}
