/// Why an attempt to download did not get everything.
package enum DownloadFailure: Error {
    /// The server answered with a status that is none of success.
    case refused(status: Int, retryAfter: Int?)
    /// No connection, or one that broke off.
    case interrupted(any Error)
    /// The server went on at another place than was asked for.
    case outOfStep
    /// The server has a file of another size.
    case wrongSize(Int)
}

extension DownloadFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .refused(let status, let retryAfter):
            "the server answered \(status)" + (retryAfter.map { " and asks to wait for \($0) seconds" } ?? "")
        case .interrupted(let error): "the connection failed: \(error)"
        case .outOfStep: "the server does not go on where the download stopped"
        case .wrongSize(let bytes): "the server has a file of \(bytes) bytes"
        }
    }
}
