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
