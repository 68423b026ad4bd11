import FoveaCore
import FoveaInstaller
import Testing

@Suite struct PackageSourceTests {
    private let wheel = RuntimeWheel("w.whl", folder: "a/b/c", sha256: "", bytes: 0, unpacked: 0, keep: [])

    private func address(_ mirror: String?) throws -> String {
        try PackageSource(variables: mirror.map { ["FOVEA_PACKAGE_MIRROR": $0] } ?? [:]).address(of: wheel)
    }

    @Test func aMirrorTakesTheHostsPlace() throws {
        #expect(try address(nil) == "https://files.pythonhosted.org/packages/a/b/c/w.whl")
        #expect(try address("") == "https://files.pythonhosted.org/packages/a/b/c/w.whl")
        #expect(
            try address("http://m.example:8080/pypi/") == "http://m.example:8080/pypi/packages/a/b/c/w.whl")
    }

    @Test(arguments: ["m.example", "ftp://m.example", "https://", "https://m.example?x=1"])
    func anythingElseIsRefused(_ mirror: String) {
        let error = #expect(throws: FoveaError.self) { try address(mirror) }
        #expect(error?.code == .invalidSetting)
    }
}
