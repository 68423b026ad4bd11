import Crypto
package import FoveaCore
package import Foundation
import NIOCore
package import NIOSSL

/// The files of a certificate and its key, in PEM.
package struct TLSFiles: Sendable, Equatable {
    /// The certificate, and after it those that vouch for it.
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// Tells one state of the files from another, by what is in them: they are
    /// small, and dates tell nothing of links that orchestrators turn over.
    package struct Stamp: Equatable, Sendable {
        fileprivate var digests: [SHA256.Digest?]
    }

    package var stamp: Stamp {
        Stamp(
            digests: [certificate, key].map { path in
                FileManager.default.contents(atPath: path).map { SHA256.hash(data: $0) }
            })
    }

    /// Reads both, and checks that they belong together.
    ///
    /// - Throws: ``FoveaError/Code/invalidSetting``, saying which file is wrong
    ///   and how.
    package func load() throws(FoveaError) -> TLSIdentity {
        let chain = try read(certificate, "FOVEA_TLS_CERTIFICATE", "a certificate in PEM") {
            try NIOSSLCertificate.fromPEMFile($0)
        }
        guard let leaf = chain.first else {
            throw FoveaError(
                .invalidSetting, "FOVEA_TLS_CERTIFICATE: \(certificate) holds no certificate in PEM.")
        }
        let key = try read(key, "FOVEA_TLS_KEY", "a private key in PEM, without a passphrase") {
            try NIOSSLPrivateKey(file: $0, format: .pem)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // How long who was refused may take to say goodbye.
        configuration.shutdownTimeout = .seconds(1)
        do {
            return TLSIdentity(
                context: try NIOSSLContext(configuration: configuration),
                expires: Date(timeIntervalSince1970: TimeInterval(leaf.notValidAfter)))
        } catch {
            throw FoveaError(
                .invalidSetting,
                """
                The key in \(self.key) does not belong to the first certificate in \(certificate), which has to be \
                the service's own, followed by those that vouch for it.
                """, cause: error)
        }
    }

    private func read<Value>(
        _ path: String, _ setting: String, _ what: String, _ body: (String) throws -> Value
    ) throws(FoveaError) -> Value {
        guard access(path, R_OK) == 0 else {
            throw FoveaError(
                .invalidSetting, "\(setting): \(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        do {
            return try body(path)
        } catch {
            throw FoveaError(.invalidSetting, "\(setting): \(path) is not \(what).", cause: error)
        }
    }
}

/// What a server proves who it is with.
package struct TLSIdentity: Sendable {
    package let context: NIOSSLContext
    /// When clients stop believing it.
    package let expires: Date
}
