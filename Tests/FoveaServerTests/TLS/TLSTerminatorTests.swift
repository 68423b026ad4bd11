import FoveaCore
import FoveaServer
import Foundation
import Logging
import Testing

@Suite(.enabled(if: TestCertificate.canBeMade, "openssl is not installed"), .timeLimit(.minutes(1)))
struct TLSTerminatorTests {
    @Test func aNewCertificateIsTakenOver() async throws {
        let (one, other) = (try await TestCertificate(), try await TestCertificate(days: 90))
        let log = RecordedLog()
        let terminator = try TLSTerminator(one.files, logger: Logger(label: "test") { _ in log.handler })
        #expect(log.messages(from: .warning).contains { $0.contains("ends on") })
        let expires = terminator.identity.expires
        terminator.reload()
        #expect(terminator.identity.expires == expires)
        try one.replace(by: other)
        terminator.reload()
        #expect(terminator.identity.expires > expires + 80 * 86400)
        #expect(log.messages(from: .info).last?.hasPrefix("Certificate loaded anew") == true)
    }

    @Test func theFormerOneStaysUntilBothFilesAreThere() async throws {
        let (one, other) = (try await TestCertificate(), try await TestCertificate(days: 90))
        let log = RecordedLog()
        let terminator = try TLSTerminator(one.files, logger: Logger(label: "test") { _ in log.handler })
        let expires = terminator.identity.expires
        try one.replaceCertificate(by: other)
        terminator.reload()
        // Once a state of the files, not with each look.
        terminator.reload()
        #expect(log.messages(from: .warning).count { $0.contains("stays in use") } == 1)
        #expect(terminator.identity.expires == expires)
        try one.replaceKey(by: other)
        terminator.reload()
        #expect(terminator.identity.expires > expires)
    }
}
