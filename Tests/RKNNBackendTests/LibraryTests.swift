import FoveaCore
import Foundation
import RKNNBackend
import Testing

/// How the library is found, and what is said where it is not.
@Suite struct LibraryTests {
    private func fail(_ locator: LibraryLocator) throws -> FoveaError {
        let error = try #require(throws: FoveaError.self) { try RKNNLibrary.find(locator) }
        #expect(error.code == .engineUnavailable)
        #expect(error.message.contains("LIBRKNNRT_PATH"))
        #expect(error.message.contains("https://github.com/airockchip/rknn-toolkit2"))
        return error
    }

    @Test func theVariableComesBeforeTheUsualPlace() {
        #expect(LibraryLocator(path: nil, variables: [:]).candidates == ["/usr/lib/librknnrt.so"])
        let variables = ["LIBRKNNRT_PATH": "/opt/librknnrt.so"]
        #expect(LibraryLocator(path: nil, variables: variables).candidates == ["/opt/librknnrt.so"])
        #expect(LibraryLocator(path: "/my.so", variables: variables).candidates == ["/my.so"])
        #expect(
            LibraryLocator(path: "", variables: ["LIBRKNNRT_PATH": ""]).candidates == [
                "/usr/lib/librknnrt.so"
            ])
        let folder = FileManager.default.temporaryDirectory.path
        #expect(
            LibraryLocator(path: nil, variables: ["LIBRKNNRT_PATH": folder]).candidates
                == ["\(folder.trimmingSuffix("/"))/librknnrt.so"])
    }

    @Test func aMissingLibraryNamesFilesAndSource() throws {
        var locator = LibraryLocator(path: nil, variables: [:])
        locator.usual = "/no/such/librknnrt.so"
        locator.systemName = "libfovea-no-such-library.so"
        let error = try fail(locator)
        #expect(error.message.contains("/no/such/librknnrt.so"))
        #expect(error.message.contains("libfovea-no-such-library.so"))
    }

    @Test func aChosenPathIsNotReplacedByAnother() throws {
        let error = try fail(LibraryLocator(path: "/no/such/librknnrt.so", variables: [:]))
        #expect(error.message.contains("looked for /no/such/librknnrt.so."))
    }

    @Test func aFileThatIsNoLibrary() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString).so")
        try Data("not a library".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try fail(LibraryLocator(path: file.path, variables: [:])).message.contains(file.path))
    }

    @Test(.needsCompiler) func aLibraryWithoutAFunction() async throws {
        try await withStub(without: [.run]) { stub in
            let error = try #require(throws: FoveaError.self) { try stub.backend() }
            #expect(error.code == .engineUnavailable)
            #expect(error.message.contains("rknn_run"))
            #expect(error.message.contains(stub.library))
        }
    }

    @Test func aMachineWithoutSuchAChip() throws {
        let error = try #require(throws: FoveaError.self) { try RKNNBackend(soc: nil) }
        #expect(error.code == .engineUnavailable)
        for part in ["/proc/device-tree/compatible", "rk3566", "rk3588", "systempaths=unconfined"] {
            #expect(error.message.contains(part))
        }
    }

    @Test(arguments: [0, -1, 65, Int.max]) func threadsOutOfRange(threads: Int) throws {
        let error = try #require(throws: FoveaError.self) {
            try RKNNBackend(configuration: .init(threads: threads), soc: .rk3588)
        }
        #expect(error.code == .invalidSetting)
        #expect(error.message.contains("\(threads) threads"))
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
