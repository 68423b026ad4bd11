package import Foundation
import FoveaCore

/// A folder of photos, with all folders in it.
package struct PhotoFolder {
    /// File name extensions, in lower case, that are taken for photos.
    package static let extensions: Set<String> = [
        "jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif", "jp2",
    ]

    /// The folder, without symbolic links in its path.
    package let folder: URL

    package init(_ folder: URL) {
        self.folder = folder.resolvingSymlinksInPath()
    }

    /// The photos, sorted by name. Hidden files and folders are left out, and
    /// so is what cannot be listed.
    ///
    /// - Throws: `FoveaError` where the folder is none or has no photos.
    package func photos() throws -> [Photo] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue
        else { throw FoveaError(.invalidSetting, "\(folder.path) is no folder: name a folder of photos.") }
        let photos = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles,
            errorHandler: { _, _ in true }
        )?.compactMap { ($0 as? URL).flatMap(photo) }
        guard let photos, !photos.isEmpty else {
            throw FoveaError(
                .invalidSetting,
                "\(folder.path) has no photos: name a folder with files that end in "
                    + Self.extensions.sorted().joined(separator: ", ") + ".")
        }
        return photos.sorted { $0.name < $1.name }
    }

    private func photo(at file: URL) -> Photo? {
        guard Self.extensions.contains(file.pathExtension.lowercased()) else { return nil }
        // Follows links, so that linked photos count and broken links do not.
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue
        else { return nil }
        let name = file.pathComponents.dropFirst(folder.pathComponents.count).joined(separator: "/")
        return Photo(name: name, file: file)
    }
}
