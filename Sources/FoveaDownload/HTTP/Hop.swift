package import Foundation

/// Where a request goes, and what is sent along. Pure.
package struct Hop: Sendable, Hashable {
    /// How many redirects are followed.
    package static let most = 5

    package let url: URL
    package let headers: [String: String]

    /// - Throws: ``DownloadFailure/redirected(_:)`` if that is no web address.
    package init(_ file: RemoteFile) throws {
        guard let url = URL(string: file.url), Self.isWeb(url) else {
            throw DownloadFailure.redirected("to an address that is not of the web: \(file.url)")
        }
        self.init(url: url, headers: file.headers)
    }

    private init(url: URL, headers: [String: String]) {
        self.url = url
        self.headers = headers
    }

    /// Where a redirect leads.
    ///
    /// What is sent along stays on its host: another one, which the server
    /// names, could be anybody's.
    ///
    /// - Parameter location: the header `Location`; may be relative.
    /// - Throws: ``DownloadFailure/redirected(_:)`` if it is no web address, or
    ///   not encrypted where this one is.
    package func following(_ location: String) throws -> Hop {
        guard let next = URL(string: location, relativeTo: url)?.absoluteURL, Self.isWeb(next) else {
            throw DownloadFailure.redirected("to an address that is not of the web")
        }
        if url.scheme?.lowercased() == "https", next.scheme?.lowercased() == "http" {
            throw DownloadFailure.redirected("from https to http, which anybody on the way could change")
        }
        return Hop(url: next, headers: Self.isSameHost(url, next) ? headers : [:])
    }

    private static func isWeb(_ url: URL) -> Bool {
        ["http", "https"].contains(url.scheme?.lowercased()) && url.host()?.isEmpty == false
    }

    private static func isSameHost(_ first: URL, _ second: URL) -> Bool {
        guard first.host()?.lowercased() == second.host()?.lowercased() else { return false }
        // From http to https on the usual ports it is the same server, only better kept.
        return port(first) == port(second) || (port(first) == 80 && port(second) == 443)
    }

    private static func port(_ url: URL) -> Int {
        url.port ?? (url.scheme?.lowercased() == "https" ? 443 : 80)
    }
}
