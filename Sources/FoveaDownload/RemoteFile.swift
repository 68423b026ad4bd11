/// A file on a server, and what is known of it beforehand.
package struct RemoteFile: Sendable, Hashable {
    /// Where it is: an absolute address that starts with `http://` or `https://`.
    package var url: String
    /// What is sent along, such as `authorization`. Only the host of ``url``
    /// gets it, never one that it redirects to.
    package var headers: [String: String]
    /// Its exact size, where that is known.
    package var byteCount: Int?
    /// Its hash, where that is known.
    package var hash: FileHash?

    package init(
        url: String, headers: [String: String] = [:], byteCount: Int? = nil, hash: FileHash? = nil
    ) {
        self.url = url
        self.headers = headers
        self.byteCount = byteCount
        self.hash = hash
    }
}
