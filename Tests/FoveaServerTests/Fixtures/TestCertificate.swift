import FoveaServer
import Foundation

private let openssl = Program("openssl")

/// A certificate of this machine's own making, good for `localhost`, in a
/// folder that goes with it.
final class TestCertificate: Sendable {
    static var canBeMade: Bool { openssl != nil }

    let folder: URL
    let files: TLSFiles

    /// What tells a service to use it.
    var settings: [String: String] {
        ["FOVEA_TLS_CERTIFICATE": files.certificate, "FOVEA_TLS_KEY": files.key]
    }

    init(days: Int = 2) async throws {
        folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        files = TLSFiles(
            certificate: folder.appending(component: "certificate.pem").path,
            key: folder.appending(component: "key.pem").path)
        guard let openssl else { return }
        _ = try await openssl.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "\(days)", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
            "-keyout",
            files.key, "-out", files.certificate,
        ])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func replace(by other: TestCertificate) throws {
        try replaceCertificate(by: other)
        try replaceKey(by: other)
    }

    /// As those who renew certificates do: another file takes its name.
    func replaceCertificate(by other: TestCertificate) throws {
        try Self.rename(other.files.certificate, files.certificate)
    }

    func replaceKey(by other: TestCertificate) throws { try Self.rename(other.files.key, files.key) }

    private static func rename(_ source: String, _ target: String) throws {
        guard Foundation.rename(source, target) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
