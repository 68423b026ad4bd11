import Foundation
import FoveaCore
import FoveaDownload
import Testing

@Suite struct ProxySettingsTests {
    private func settings(
        _ variables: [String: String], for address: String = "https://files.pythonhosted.org"
    ) throws -> ProxySettings? {
        try .settings(for: try #require(URL(string: address)), variables: variables)
    }

    @Test func withoutVariablesThereIsNone() throws {
        #expect(try settings([:]) == nil)
        #expect(try settings(["https_proxy": ""]) == nil)
    }

    @Test func theSchemesOwnVariableComesFirst() throws {
        let variables = ["https_proxy": "http://a:1", "HTTPS_PROXY": "http://b:2", "all_proxy": "http://c:3"]
        #expect(try settings(variables)?.host == "a")
        #expect(try settings(variables, for: "http://mirror.example")?.host == "c")
        #expect(try settings(["HTTP_PROXY": "http://evil:1"], for: "http://mirror.example") == nil)
        #expect(try settings(["ALL_PROXY": "http://c:3"])?.port == 3)
    }

    @Test func addressesAreReadAsCurlDoes() throws {
        let full = try settings(["https_proxy": "http://user:p%40ss@proxy.example:3128/"])
        #expect(full?.kind == .http && full?.host == "proxy.example" && full?.port == 3128)
        #expect(full?.user == "user" && full?.password == "p@ss")
        #expect(try settings(["https_proxy": "proxy.example:8080"])?.port == 8080)
        #expect(try settings(["https_proxy": "http://proxy.example"])?.port == 80)
        let socks = try settings(["all_proxy": "socks5h://127.0.0.1"])
        #expect(socks?.kind == .socks && socks?.port == 1080)
    }

    @Test func exceptionsAreHostsAndTheirDomains() throws {
        let proxy = ["https_proxy": "http://a:1"]
        for exception in ["*", "pythonhosted.org", ".pythonhosted.org", "x, FILES.pythonhosted.org"] {
            #expect(try settings(proxy.merging(["no_proxy": exception]) { $1 }) == nil, "\(exception)")
        }
        for other in ["hosted.org", "localhost,127.0.0.1", "example.com", ""] {
            #expect(try settings(proxy.merging(["NO_PROXY": other]) { $1 })?.host == "a", "\(other)")
        }
    }

    @Test(arguments: ["ftp://a:1", "https://a:1", "http://", "socks5://user:secret@a:1", "http://secret @"])
    func whatCannotBeUsedIsNamedWithoutItsValue(_ value: String) throws {
        let error = #expect(throws: FoveaError.self) { try settings(["https_proxy": value]) }
        #expect(error?.code == .invalidSetting && error?.message.contains("https_proxy") == true)
        #expect(error?.message.contains("secret") == false)
    }
}
