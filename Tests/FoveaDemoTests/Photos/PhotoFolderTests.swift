import Foundation
import FoveaCore
import FoveaDemoKit
import Testing

@Suite struct PhotoFolderTests {
    @Test func findsPhotosOfEveryKindInAllFoldersSortedByName() throws {
        let folder = try TemporaryFolder()
        for name in ["b.JPG", "a/z.heic", "a/deep/er/y.avif", "c d é.png", "a.tiff", "notes.txt", "jpg"] {
            try folder.add(name)
        }
        let photos = try PhotoFolder(folder.url).photos()
        #expect(photos.map(\.name) == ["a.tiff", "a/deep/er/y.avif", "a/z.heic", "b.JPG", "c d é.png"])
        #expect(try photos.map { try Data(contentsOf: $0.file).count } == [1, 1, 1, 1, 1])
    }

    @Test func leavesHiddenFilesAndFoldersOut() throws {
        let folder = try TemporaryFolder()
        for name in ["a.jpg", "._a.jpg", ".thumbnails/b.jpg"] { try folder.add(name) }
        #expect(try PhotoFolder(folder.url).photos().map(\.name) == ["a.jpg"])
    }

    @Test func followsLinksToTheFolderAndToPhotos() throws {
        let folder = try TemporaryFolder()
        try folder.add("real/a.jpg")
        let files = FileManager.default
        let link = folder.url.appending(path: "link")
        try files.createSymbolicLink(at: link, withDestinationURL: folder.url.appending(path: "real"))
        try files.createSymbolicLink(
            at: folder.url.appending(path: "real/b.jpg"),
            withDestinationURL: folder.url.appending(path: "real/a.jpg"))
        try files.createSymbolicLink(
            at: folder.url.appending(path: "real/broken.jpg"),
            withDestinationURL: folder.url.appending(path: "nowhere"))
        #expect(try PhotoFolder(link).photos().map(\.name) == ["a.jpg", "b.jpg"])
    }

    @Test func aFolderNamedLikeAPhotoIsNoPhoto() throws {
        let folder = try TemporaryFolder()
        try folder.add("album.jpg/a.png")
        #expect(try PhotoFolder(folder.url).photos().map(\.name) == ["album.jpg/a.png"])
    }

    @Test func saysWhatIsWrongWithAFolderWithoutPhotos() throws {
        let folder = try TemporaryFolder()
        let file = try folder.add("notes.txt")
        #expect(throws: FoveaError.self) { try PhotoFolder(folder.url).photos() }
        #expect(throws: FoveaError.self) { try PhotoFolder(file).photos() }
        #expect(throws: FoveaError.self) {
            try PhotoFolder(folder.url.appending(path: "none")).photos()
        }
    }
}
