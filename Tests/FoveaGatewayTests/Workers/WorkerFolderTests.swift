import FoveaCore
import FoveaGateway
import Foundation
import Testing

@Suite struct WorkerFolderTests {
    /// A folder of the test's own, as short as the paths of sockets have to be.
    private func withPlace(_ body: (String) throws -> Void) throws {
        let place = "/tmp/fovea-test-\(UInt32.random(in: 0...UInt32.max))"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        try body(place)
    }

    private func permissions(_ path: String) throws -> Int? {
        let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        return (found as? NSNumber)?.intValue
    }

    @Test func onlyItsOwnerMayEnter() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": place])
            #expect(folder.path.hasPrefix(place + "/fovea-"))
            #expect(try permissions(folder.path) == 0o700)
        }
    }

    @Test func everyGatewayHasItsOwn() throws {
        try withPlace { place in
            let folders = try (0..<5).map { _ in try WorkerFolder(environment: ["TMPDIR": place + "/"]).path }
            #expect(Set(folders).count == 5)
        }
    }

    @Test func theFirstPlaceThatCanBeWrittenToIsTaken() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: [
                "FOVEA_RUNTIME_DIR": place + "/none", "XDG_RUNTIME_DIR": "relative", "TMPDIR": place,
            ])
            #expect(folder.path.hasPrefix(place + "/fovea-"))
        }
    }

    @Test func aPathThatIsTooLongForSocketsIsNotTaken() throws {
        try withPlace { place in
            let long = place + "/" + String(repeating: "a", count: 80)
            try FileManager.default.createDirectory(atPath: long, withIntermediateDirectories: true)
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": long, "TMPDIR": place])
            #expect(folder.path.hasPrefix(place + "/fovea-"))
            // sun_path has 108 bytes, one of them for the end.
            #expect(folder.socket(slot: 1023, generation: 999_999_999).utf8.count < 108)
        }
    }

    @Test func everyWorkerHasItsOwnSocket() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": place])
            let sockets = (0..<3).flatMap { slot in
                (0..<3).map { folder.socket(slot: slot, generation: $0) }
            }
            #expect(Set(sockets).count == 9)
            #expect(sockets.allSatisfy { $0.hasPrefix(folder.path + "/") })
        }
    }

    @Test func itIsRemovedWithWhatIsLeftInIt() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": place])
            for slot in 0..<3 {
                let socket = folder.socket(slot: slot, generation: 1)
                #expect(FileManager.default.createFile(atPath: socket, contents: nil))
            }
            folder.remove()
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            folder.remove()
        }
    }

    @Test func whatIsNotOursIsLeft() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": place])
            let file = folder.path + "/photo.jpg"
            #expect(FileManager.default.createFile(atPath: file, contents: nil))
            folder.remove()
            #expect(FileManager.default.fileExists(atPath: file))
        }
    }

    @Test func itIsMadeAgainWhereItWasTidiedAway() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": place])
            try folder.restore()
            try FileManager.default.removeItem(atPath: folder.path)
            try folder.restore()
            #expect(try permissions(folder.path) == 0o700)
        }
    }

    @Test func whatHasTakenItsPlaceIsNotTrusted() throws {
        try withPlace { place in
            let folder = try WorkerFolder(environment: ["FOVEA_RUNTIME_DIR": place])
            let manager = FileManager.default
            try manager.removeItem(atPath: folder.path)
            try manager.createSymbolicLink(atPath: folder.path, withDestinationPath: place)
            #expect(throws: FoveaError.self) { try folder.restore() }
            try manager.removeItem(atPath: folder.path)
            #expect(manager.createFile(atPath: folder.path, contents: nil))
            #expect(throws: FoveaError.self) { try folder.restore() }
            try manager.removeItem(atPath: folder.path)
            try manager.createDirectory(
                atPath: folder.path, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o755])
            #expect(throws: FoveaError.self, "Others may enter") { try folder.restore() }
        }
    }
}
