import Foundation
import FoveaDownload
import Testing

@Suite struct HopTests {
    private func hop(_ url: String) throws -> Hop {
        try Hop(RemoteFile(url: url, headers: ["authorization": "Bearer t"]))
    }

    @Test(arguments: [
        ("https://hub.example/a", "/b", "https://hub.example/b", true),
        ("https://hub.example/a", "https://hub.example/b", "https://hub.example/b", true),
        ("https://hub.example/a", "https://HUB.example:443/b", "https://HUB.example:443/b", true),
        ("http://hub.example/a", "https://hub.example/a", "https://hub.example/a", true),
        ("https://hub.example/a", "https://cdn.example/b", "https://cdn.example/b", false),
        ("https://hub.example/a", "//cdn.example/b", "https://cdn.example/b", false),
        ("https://hub.example/a", "https://hub.example:8443/b", "https://hub.example:8443/b", false),
        (
            "https://hub.example/a", "https://hub.example.evil.example/b",
            "https://hub.example.evil.example/b", false
        ),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8001/b", "http://127.0.0.1:8001/b", false),
    ]) func theTokenStaysOnItsHost(_ from: String, _ location: String, _ to: String, _ stays: Bool) throws {
        let next = try hop(from).following(location)
        #expect(next.url.absoluteString == to)
        #expect((next.headers["authorization"] != nil) == stays)
    }

    @Test func aTokenThatWasLeftBehindDoesNotComeBack() throws {
        let back = try hop("https://hub.example/a").following("https://cdn.example/b")
            .following("https://hub.example/c")
        #expect(back.headers.isEmpty)
    }

    @Test(arguments: ["http://hub.example/b", "http://cdn.example/b", "file:///etc/passwd", "ftp://a/b"])
    func someRedirectsAreRefused(_ location: String) throws {
        let hop = try hop("https://hub.example/a")
        #expect(throws: DownloadFailure.self) { try hop.following(location) }
    }

    @Test(arguments: ["file:///etc/passwd", "hub.example/a", "", "https://"])
    func onlyWebAddressesAreAsked(_ url: String) {
        #expect(throws: DownloadFailure.self) { try hop(url) }
    }
}
