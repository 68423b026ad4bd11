/// What a file is that was downloaded.
package struct DownloadedFile: Sendable, Hashable {
    package var byteCount: Int
    /// In lower-case hexadecimal digits.
    package var sha256: String
    /// What the server that sent it calls this version of it, with its quotes;
    /// `nil` where it does not say, or nothing had to be fetched.
    package var etag: String?

    package init(byteCount: Int, sha256: String, etag: String?) {
        self.byteCount = byteCount
        self.sha256 = sha256
        self.etag = etag
    }
}
