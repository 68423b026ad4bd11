import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

/// Why a service does not answer, in words for people. Names neither its path
/// nor its token.
struct ServiceFault: Error {
    let reason: String
    /// Whether asking once more right away is of no use: nobody listens there.
    var isCertain = false

    init(_ reason: String, isCertain: Bool = false) {
        self.reason = reason
        self.isCertain = isCertain
    }

    init(_ error: any Error) {
        switch error {
        case let error as NIOConnectionError: self.init(connection: error)
        case let error as IOError: self.init(error)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self.init(encryption: "\(error)")
        case let error as HTTPClientError: self.init(http: error)
        case is TooLate: self.init("it is silent")
        case is NIOTooManyBytesError: self.init("its answer is too large")
        default: self.init("\(type(of: error))")
        }
    }

    private init(http error: HTTPClientError) {
        switch error {
        case .connectTimeout, .deadlineExceeded, .readTimeout: self.init("it is silent")
        case .remoteConnectionClosed: self.init("the connection broke")
        default: self.init(error.shortDescription)
        }
    }

    private init(encryption text: String) {
        // The library says it in a text only.
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            self.init("its certificate is not trusted: FOVEA_SERVICE_CA names authorities", isCertain: true)
        } else if text.contains("WRONG_VERSION_NUMBER") {
            self.init("it does not encrypt: its address may begin with http://", isCertain: true)
        } else if text.contains("failedToValidateHostname") {
            self.init("its certificate is for another name than its address has", isCertain: true)
        } else {
            self.init("no encrypted connection came about")
        }
    }

    private init(connection error: NIOConnectionError) {
        if let failure = error.connectionErrors.lazy.compactMap({ $0.error as? IOError }).first {
            self.init(failure)
        } else if error.dnsAError != nil || error.dnsAAAAError != nil {
            self.init("nobody knows the host '\(error.host)'")
        } else {
            self.init("it is silent")
        }
    }

    private init(_ error: IOError) {
        self.init(
            error.errnoCode == ECONNREFUSED
                ? "the connection was refused" : String(cString: strerror(error.errnoCode)),
            isCertain: error.errnoCode == ECONNREFUSED)
    }
}
