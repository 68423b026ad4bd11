/// Why a file could not be had from a server.
package enum DownloadFailure: Error {
    /// The server answered with a status that is none of success.
    ///
    /// - Parameters:
    ///   - retryAfter: the seconds that it asks to wait.
    ///   - code: what it calls the reason in its header `X-Error-Code`, as the
    ///     model hub does: `RepoNotFound`, `GatedRepo` and others.
    case refused(status: Int, retryAfter: Int? = nil, code: String? = nil)
    /// No connection, or one that broke off.
    case interrupted(any Error)
    /// The server went on at another place than was asked for.
    case outOfStep
    /// The server has another version of the file than that which was begun.
    case changed
    /// The server has a file of another size.
    case wrongSize(Int)
    /// The file is complete, and another than it should be.
    case wrongHash(String)
    /// The file is larger than it may be; so many bytes are allowed.
    case tooLarge(limit: Int)
    /// The server sends a compressed form of the file.
    case encoded(String)
    /// The server redirects to an address that is not followed.
    case redirected(String)
}

extension DownloadFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let status, let retryAfter, let code):
            "the server answered \(status)" + (code.map { " (\($0))" } ?? "")
                + (retryAfter.map { " and asks to wait for \($0) seconds" } ?? "")
        case .interrupted(let error): "the connection failed: \(error)"
        case .outOfStep: "the server does not go on where the download stopped"
        case .changed: "the file on the server changes while it is downloaded"
        case .wrongSize(let bytes): "the server has a file of \(bytes) bytes"
        case .wrongHash(let hash): "what came is another file, whose hash is \(hash)"
        case .tooLarge(let limit): "the server sends more than \(limit) bytes"
        case .encoded(let coding): "the server sends it compressed (\(coding)), which was not asked for"
        case .redirected(let why): "the server redirects \(why)"
        }
    }
}

/// A body that ended before all of it had come.
struct EndedEarly: Error, CustomStringConvertible {
    var description: String { "it ended early" }
}
