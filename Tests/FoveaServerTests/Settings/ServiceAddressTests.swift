import FoveaCore
import FoveaServer
import Foundation
import Testing

/// Addresses of other services, and what is shown of them.
@Suite struct ServiceAddressTests {
    @Test(arguments: [
        ("http://big:3003", "http://big:3003", "http://big:3003/ping"),
        ("http://big:3003/", "http://big:3003", "http://big:3003/ping"),
        ("http://big:3003/s3cret", "http://big:3003", "http://big:3003/s3cret/ping"),
        ("https://big/a/b//", "https://big", "https://big/a/b/ping"),
        ("HTTP://Big", "http://Big", "http://Big/ping"),
        ("http://[fd00::1]:3003/x", "http://[fd00::1]:3003", "http://[fd00::1]:3003/x/ping"),
        ("http://192.168.1.2/%41", "http://192.168.1.2", "http://192.168.1.2/%41/ping"),
    ])
    func thePathIsKeptAndNotShown(text: String, shown: String, asked: String) throws {
        let address = try ServiceAddress(text)
        #expect(address.description == shown)
        #expect(address.url(of: "/ping") == asked)
        #expect("\(address)" == shown)
        #expect(String(reflecting: address) == shown)
        var dumped = ""
        dump(SlotPlace.service(address), to: &dumped)
        #expect(!dumped.contains("s3cret") && !dumped.contains("%41"))
        #expect(address.isSecure == asked.hasPrefix("https"))
    }

    @Test func aSlashAtTheEndIsNoDifference() throws {
        #expect(try ServiceAddress("http://big/s/") == ServiceAddress("http://big/s"))
        #expect(try ServiceAddress("http://big/s") != ServiceAddress("http://big/t"))
    }

    @Test(arguments: [
        ("http://me@big", "FOVEA_SERVICE_TOKEN"), ("http://me:pw@big/secret", "FOVEA_SERVICE_TOKEN"),
        ("http://", "names no host"), ("http:big", "names no host"), ("ftp://big", "http:// or https://"),
        ("http://big:0", "1 to 65535"), ("http://big:70000", "1 to 65535"),
        ("http://big:x/secret", "no address"),
        ("http://big/secret?token=pw", "ends with its path"), ("http://big/secret#x", "ends with its path"),
        ("http://b ig/secret", "no address"),
    ])
    func whatIsNoAddressSaysWhyWithoutTheSecret(text: String, why: String) {
        let mistake = #expect(throws: ServiceAddress.Mistake.self) { try ServiceAddress(text) }
        #expect(mistake?.text.contains(why) == true, "\(mistake?.text ?? "")")
        #expect(mistake?.text.contains("secret") == false && mistake?.text.contains("pw") == false)
    }

    @Test func noDeviceIsTakenForAnAddress() {
        for name in ["cpu", "cuda:0", "openvino:GPU.0", "0", "tensorrt-rtx:1"] {
            #expect(!ServiceAddress.isMeant(by: name))
        }
        for text in ["http://big", "HTTPS://big", "ftp://big", "http:big"] {
            #expect(ServiceAddress.isMeant(by: text))
        }
    }
}

/// Services in environment variables.
@Suite struct ServiceSettingsTests {
    private func settings(_ environment: [String: String], options: [String: String] = [:]) throws -> Settings
    {
        try Settings(environment: environment.merging(["HOME": "/nowhere"]) { $1 }, options: options)
    }

    private func shown(_ settings: Settings, _ name: String) -> String? {
        settings.entries.first { $0.name == name }?.value
    }

    @Test func idsMayBeAddressesAndEachIsASlot() throws {
        let ids = "http://big:3003/secret, cpu"
        let settings = try settings(["MACHINE_LEARNING_DEVICE_IDS": ids])
        #expect(settings.deviceIDs == ["http://big:3003/secret", "cpu"])
        #expect(settings.workers == 2, "One that is first would be all there is")
        #expect(shown(settings, "MACHINE_LEARNING_DEVICE_IDS") == "http://big:3003, cpu")
        #expect(settings.shownDevices == ["MACHINE_LEARNING_DEVICE_IDS": "http://big:3003, cpu"])
    }

    @Test func withoutAddressesTheNumberOfWorkersIsImmichs() throws {
        let settings = try settings(["MACHINE_LEARNING_DEVICE_IDS": "0,1"])
        #expect(settings.workers == 1)
        #expect(settings.shownDevices.isEmpty)
    }

    @Test func whatOptionsSayIsToldToWorkersWithoutTheSecret() throws {
        let settings = try settings([:], options: ["MACHINE_LEARNING_DEVICE_IDS": "http://big/secret,cpu"])
        #expect(settings.givenByOptions == ["MACHINE_LEARNING_DEVICE_IDS": "http://big,cpu"])
    }

    @Test(arguments: ["http://me:pw@big/secret", "cpu,http://big:0/secret", "http://big/secret?pw"])
    func aBadAddressStopsTheStart(ids: String) {
        for name in ["MACHINE_LEARNING_DEVICE_IDS", "MACHINE_LEARNING_DEVICE_ID"] {
            let error = #expect(throws: FoveaError.self) { try settings([name: ids]) }
            #expect(error?.code == .invalidSetting)
            #expect(error?.message.hasPrefix("\(name): ") == true)
            #expect(error?.message.contains("secret") == false && error?.message.contains("pw") == false)
        }
    }

    @Test func aTokenComesFromAVariableOrAFileAndIsNotShown() throws {
        let none = try settings([:])
        #expect(none.services.token == nil)
        #expect(shown(none, "FOVEA_SERVICE_TOKEN") == "")
        let variable = try settings(["FOVEA_SERVICE_TOKEN": "abc"])
        #expect(variable.services.token == "abc")
        #expect(shown(variable, "FOVEA_SERVICE_TOKEN") == "(set)")
        let path = try file("  abc\n")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try settings(["FOVEA_SERVICE_TOKEN_FILE": path])
        #expect(file.services.token == "abc")
        #expect(shown(file, "FOVEA_SERVICE_TOKEN") == "(set)")
        #expect(file.entries.first { $0.name == "FOVEA_SERVICE_TOKEN" }?.source == .environment)
    }

    @Test func aTokenThatCannotBeReadOrSentStopsTheStart() throws {
        let full = try file("abc")
        let empty = try file(" \n")
        defer { for path in [full, empty] { try? FileManager.default.removeItem(atPath: path) } }
        for environment in [
            ["FOVEA_SERVICE_TOKEN_FILE": "/nowhere/token"], ["FOVEA_SERVICE_TOKEN_FILE": empty],
            ["FOVEA_SERVICE_TOKEN_FILE": full, "FOVEA_SERVICE_TOKEN": "def"], ["FOVEA_SERVICE_TOKEN": "a b"],
            ["FOVEA_SERVICE_TOKEN": "a\u{e9}"],
        ] {
            let error = #expect(throws: FoveaError.self) { try settings(environment) }
            #expect(error?.code == .invalidSetting)
            #expect(error?.message.contains("FOVEA_SERVICE_TOKEN") == true)
            #expect(error?.message.contains("def") == false)
        }
    }

    private func file(_ text: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
