import FoveaCore
import FoveaServer
import Foundation
import Testing

@Suite(.enabled(if: TestCertificate.canBeMade, "openssl is not installed"), .timeLimit(.minutes(1)))
struct TLSFilesTests {
    @Test func aCertificateAndItsKeyAreRead() async throws {
        let certificate = try await TestCertificate()
        let identity = try certificate.files.load()
        // It was made for two days.
        #expect(abs(identity.expires.timeIntervalSinceNow - 2 * 86400) < 3600)
    }

    @Test func theyHaveToBelongTogether() async throws {
        let (one, other) = (try await TestCertificate(), try await TestCertificate())
        let mixed = TLSFiles(certificate: one.files.certificate, key: other.files.key)
        let error = #expect(throws: FoveaError.self) { try mixed.load() }
        #expect(error?.message.contains("does not belong") == true)
    }

    @Test func whatIsWrongIsNamed() async throws {
        let good = try await TestCertificate()
        let empty = good.folder.appending(component: "empty.pem").path
        try Data().write(to: URL(filePath: empty))
        for (certificate, key, name) in [
            ("/nonexistent.pem", good.files.key, "FOVEA_TLS_CERTIFICATE"),
            (good.files.certificate, "/nonexistent.pem", "FOVEA_TLS_KEY"),
            (empty, good.files.key, "FOVEA_TLS_CERTIFICATE"),
            (good.files.certificate, empty, "FOVEA_TLS_KEY"),
            (good.files.key, good.files.key, "FOVEA_TLS_CERTIFICATE"),
            (good.files.certificate, good.files.certificate, "FOVEA_TLS_KEY"),
        ] {
            let files = TLSFiles(certificate: certificate, key: key)
            let error = #expect(throws: FoveaError.self) { try files.load() }
            #expect(error?.code == .invalidSetting)
            #expect(error?.message.hasPrefix(name) == true, "\(error?.message ?? "")")
        }
    }

    @Test func aReplacedFileIsNoticed() async throws {
        let (one, other) = (try await TestCertificate(), try await TestCertificate())
        let before = one.files.stamp
        #expect(one.files.stamp == before)
        try one.replace(by: other)
        #expect(one.files.stamp != before)
        try FileManager.default.removeItem(atPath: one.files.key)
        #expect(one.files.stamp != before)
    }
}
