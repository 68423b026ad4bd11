package import FoveaCore
package import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension DownloadFailure {
    /// The failure for people, with what to do next.
    package func error(for file: RemoteFile) -> FoveaError {
        FoveaError(
            .engineUnavailable,
            "\(Self.address(file.url)) could not be downloaded: \(self). \(advice(for: file))")
    }

    /// An address without what may be secret: name, password and query.
    private static func address(_ text: String) -> String {
        guard var parts = URLComponents(string: text) else { return "The file" }
        parts.user = nil
        parts.password = nil
        parts.query = nil
        return parts.string ?? "The file"
    }

    private func advice(for file: RemoteFile) -> String {
        switch self {
        case .refused(401, _, _), .refused(403, _, _):
            """
            The server wants to know who asks: set a token that may read it, or accept its terms on the \
            server's page.
            """
        case .refused(404, _, _), .refused(410, _, _):
            "It is not there: check the name, the revision and the server's address."
        case .refused(429, _, _):
            "The server is asked too often: wait a few minutes and try again. What has come is kept."
        case .refused, .interrupted, .outOfStep, .changed:
            """
            What has come is kept: try again to go on. Should it stay so, check the network, the proxy \
            (https_proxy, no_proxy) and the server's address.
            """
        case .wrongSize:
            """
            \(file.byteCount.map { "It should have \($0) bytes" } ?? "That is not what it should have"): ask \
            whoever runs the server, mirror or proxy in between.
            """
        case .wrongHash:
            """
            \(file.hash.map { "It should be \($0)" } ?? "It should be another"), and what came was deleted. \
            Try again, or another server; should it stay so, do not use that server.
            """
        case .tooLarge:
            "No file may be larger where its size is not known: check that this is the address of a file."
        case .encoded, .redirected:
            "Check the server's address, and ask whoever runs the server, mirror or proxy in between."
        }
    }
}

extension SystemFault {
    /// The fault for people, with what to do next.
    package func error(writing partial: URL) -> FoveaError {
        let folder = partial.deletingLastPathComponent().path
        let next =
            switch number {
            case ENOSPC, EDQUOT, EFBIG:
                "There is no room for it: make room, or choose a folder on another disk."
            case EACCES, EPERM, EROFS:
                "The folder cannot be written to: allow writing there, or choose another."
            case ENOENT, ENOTDIR: "The folder is not there: make it, or choose another."
            default: "Check the disk, or choose a folder on another."
            }
        return FoveaError(
            .engineUnavailable,
            """
            A download could not be written to \(folder): \(description). \(next) What has come is kept: \
            try again to go on.
            """)
    }
}
