import FoveaCore
import FoveaServer
import Foundation
import Testing

@Suite struct AccessSettingsTests {
    @Test func nothingIsAskedForByDefault() throws {
        let settings = try Settings(environment: [:])
        #expect(settings.access.isOpen)
        #expect(settings.tls == nil)
    }

    @Test func secretsComeFromFilesToo() throws {
        let file = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        try Data("one-0123456789abcdef\n two-0123456789+/=\n\n".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let settings = try Settings(environment: ["FOVEA_TOKEN_FILE": file.path])
        #expect(settings.access.tokens == [Secret("one-0123456789abcdef"), Secret("two-0123456789+/=")])
        #expect(throws: FoveaError.self) {
            try Settings(environment: ["FOVEA_TOKEN_FILE": file.path, "FOVEA_TOKEN": "one-0123456789abcdef"])
        }
    }

    @Test(arguments: [
        ["FOVEA_TOKEN_FILE": "/nonexistent/token"], ["FOVEA_TOKEN_FILE": "not-a-file-0123456789"],
        ["FOVEA_TOKEN": "qwertz"], ["FOVEA_TOKEN": "0123456789abcdef q"],
        ["FOVEA_TOKEN": "0123456789abcdef\u{1}"],
        ["FOVEA_TOKEN": "# laptop 0123456789abcdef"], ["FOVEA_SECRET_PATH": "qwertz"],
        ["FOVEA_SECRET_PATH": "0123456789/abcdef"], ["FOVEA_SECRET_PATH": "0123456789 abcdef"],
        ["FOVEA_SECRET_PATH": "0123456789äbcdefgh"], ["FOVEA_ALLOWED_NETWORKS": "192.168.1.0/24,lan"],
        ["FOVEA_ALLOWED_NETWORKS": ","], ["FOVEA_TLS_CERTIFICATE": "/c.pem"], ["FOVEA_TLS_KEY": "/k.pem"],
    ])
    func whatCannotBeUsedStopsTheStart(_ environment: [String: String]) throws {
        let error = #expect(throws: FoveaError.self) { try Settings(environment: environment) }
        #expect(error?.code == .invalidSetting)
        let name = try #require(environment.keys.first)
        #expect(error?.message.contains(name) == true)
        // The value might be the secret that somebody mistyped.
        for value in environment[name]?.split(separator: " ") ?? []
        where ["FOVEA_SECRET_PATH", "FOVEA_TOKEN"].contains(name) || value.hasPrefix("not-a-file") {
            #expect(error?.description.contains(value) == false)
        }
    }

    @Test func reportsShowNoSecret() throws {
        let settings = try Settings(environment: [
            "FOVEA_TOKEN": "hidden-token-0123456789", "FOVEA_SECRET_PATH": "hidden-0123456789",
        ])
        for name in ["FOVEA_TOKEN", "FOVEA_SECRET_PATH"] {
            #expect(settings.entries.first { $0.name == name }?.value == "(set)")
        }
        #expect(!"\(settings)".contains("hidden"))
    }

    @Test(arguments: ["[::]", "0.0.0.0", "192.168.1.7", "example.org"])
    func whoIsReachableIsTold(_ host: String) throws {
        let open = try Settings(environment: ["IMMICH_HOST": host])
        #expect(open.exposure?.contains("FOVEA_SECRET_PATH") == true)
        for closed in [
            ["FOVEA_TOKEN": "one-0123456789abcdef"], ["FOVEA_SECRET_PATH": "0123456789abcdef"],
            ["FOVEA_ALLOWED_NETWORKS": "10.0.0.0/8"],
        ] {
            #expect(try Settings(environment: closed.merging(["IMMICH_HOST": host]) { $1 }).exposure == nil)
        }
    }

    @Test(arguments: ["127.0.0.1", "::1", "[::1]", "localhost", "127.9.9.9"])
    func whoIsNotIsNot(_ host: String) throws {
        #expect(try Settings(environment: ["IMMICH_HOST": host]).exposure == nil)
    }
}
