import Foundation
import FoveaCore
import FoveaDownload
import FoveaTesting
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@Suite struct UnwritableTests {
    @Test(arguments: [
        (ENOSPC, "make room"), (EDQUOT, "make room"), (EFBIG, "make room"), (EACCES, "allow writing"),
        (EROFS, "allow writing"), (ENOENT, "not there"), (EIO, "Check the disk"),
    ]) func aFaultSaysWhatToDo(_ number: Int32, _ advice: String) {
        errno = number
        let error = SystemFault("write", "/models/a.part").error(writing: URL(filePath: "/models/a.part"))
        #expect(error.message.contains(advice) && error.message.contains("/models"))
        #expect(error.message.contains(String(cString: strerror(number))))
    }

    @Test func aFolderThatIsNotThereIsTold() async throws {
        let scene = try Scene()
        let part = scene.folder.appending(path: "missing/file.part")
        let error = await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(part, from: RemoteFile(url: "http://127.0.0.1:1/"))
        }
        #expect(error?.message.contains("The folder is not there") == true)
    }

    @Test(.enabled(if: geteuid() != 0, "Root may write everywhere."))
    func aFolderThatIsReadOnlyIsTold() async throws {
        let scene = try Scene()
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: scene.folder.path)
        let error = await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(scene.part, from: RemoteFile(url: "http://127.0.0.1:1/"))
        }
        #expect(error?.message.contains("allow writing") == true)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scene.folder.path)
    }

    /// A link that somebody put there could lead anywhere.
    @Test func aLinkIsNotWrittenThrough() async throws {
        let scene = try Scene()
        let target = scene.folder.appending(path: "target")
        try Data("mine".utf8).write(to: target)
        try FileManager.default.createSymbolicLink(at: scene.part, withDestinationURL: target)
        await #expect(throws: FoveaError.self) {
            try await scene.downloader().complete(scene.part, from: RemoteFile(url: "http://127.0.0.1:1/"))
        }
        #expect(try Data(contentsOf: target) == Data("mine".utf8))
    }
}
