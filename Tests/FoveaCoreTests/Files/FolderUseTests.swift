import FoveaCore
import Foundation
import Testing

@Suite struct FolderUseTests {
    private let files = FileManager.default

    private func inFolder(_ body: (URL) throws -> Void) throws {
        let parent = files.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        let folder = parent.appending(component: "a", directoryHint: .isDirectory)
        try files.createDirectory(at: folder.appending(component: "b"), withIntermediateDirectories: true)
        try Data().write(to: folder.appending(path: "b/c"))
        defer { try? files.removeItem(at: parent) }
        try body(folder)
    }

    @Test func aFolderThatNobodyUsesGoes() throws {
        try inFolder { folder in
            #expect(FolderUse.removeUnused(folder))
            let left = try files.contentsOfDirectory(atPath: folder.deletingLastPathComponent().path)
            #expect(left.isEmpty)
            #expect(!FolderUse.removeUnused(folder))
            #expect(FolderUse(folder) == nil)
        }
    }

    @Test func oneThatAnyoneUsesStays() throws {
        try inFolder { folder in
            var uses = [FolderUse(folder), FolderUse(folder)]
            #expect(!uses.contains { $0 == nil })
            #expect(!FolderUse.removeUnused(folder))
            uses.removeLast()
            #expect(!FolderUse.removeUnused(folder))
            #expect(files.fileExists(atPath: folder.appending(path: "b/c").path))
            uses.removeLast()
            #expect(FolderUse.removeUnused(folder))
        }
    }

    @Test func aUseStaysWithARenamedFolder() throws {
        try inFolder { folder in
            let use = FolderUse(folder)
            let moved = folder.deletingLastPathComponent().appending(component: "moved")
            try files.moveItem(at: folder, to: moved)
            try files.createDirectory(at: folder, withIntermediateDirectories: true)
            #expect(!FolderUse.removeUnused(moved) && use != nil)
            #expect(FolderUse.removeUnused(folder))
        }
    }

    /// Some make and use it, others remove it.
    @Test func whoeverUsesItFindsIt() async throws {
        let parent = files.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        let folder = parent.appending(component: "a", directoryHint: .isDirectory)
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? files.removeItem(at: parent) }
        let (found, lost, removed) = await withTaskGroup(of: (Int, Int, Int).self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var (found, lost) = (0, 0)
                    for _ in 0..<200 {
                        try? FileManager.default.createDirectory(
                            at: folder, withIntermediateDirectories: true)
                        guard let use = FolderUse(folder) else { continue }
                        withExtendedLifetime(use) {
                            if FileManager.default.fileExists(atPath: folder.path) {
                                found += 1
                            } else {
                                lost += 1
                            }
                        }
                    }
                    return (found, lost, 0)
                }
                group.addTask { (0, 0, (0..<200).count { _ in FolderUse.removeUnused(folder) }) }
            }
            return await group.reduce((0, 0, 0)) { ($0.0 + $1.0, $0.1 + $1.1, $0.2 + $1.2) }
        }
        #expect(found > 0 && lost == 0 && removed > 0)
    }

    @Test func aLinkIsNotFollowed() throws {
        try inFolder { folder in
            let link = folder.deletingLastPathComponent().appending(component: "link")
            try files.createSymbolicLink(at: link, withDestinationURL: folder)
            #expect(FolderUse(link) == nil)
            #expect(!FolderUse.removeUnused(link))
            #expect(files.fileExists(atPath: folder.appending(path: "b/c").path))
        }
    }
}
