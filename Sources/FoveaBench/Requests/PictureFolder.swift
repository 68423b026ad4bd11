package import Foundation
import FoveaCore

/// A folder of somebody's pictures, with all folders in it.
package struct PictureFolder {
    package let folder: URL

    /// More than these say no more about a machine, and take memory.
    package static let most = 64

    private static let extensions: Set<String> = [
        "jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "heic", "heif", "jp2",
    ]

    package init(_ folder: URL) { self.folder = folder.resolvingSymlinksInPath() }

    /// Previews of up to ``most`` pictures, spread over all of them in order
    /// of their paths. Files that cannot be decoded are left out.
    ///
    /// - Parameter onProgress: is told how many of how many are done.
    /// - Throws: `FoveaError` where there are none.
    package func previews(onProgress: (Int, Int) -> Void = { _, _ in }) throws -> [[UInt8]] {
        let files = Self.spread(try pictures(), most: Self.most)
        let maker = PreviewMaker()
        let previews = files.indices.compactMap { index in
            onProgress(index, files.count)
            return (try? Data(contentsOf: files[index])).flatMap { try? maker.preview(of: [UInt8]($0)) }
        }
        guard !previews.isEmpty else { throw none }
        return previews
    }

    private func pictures() throws -> [URL] {
        let found = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles,
            errorHandler: { _, _ in true }
        )?.compactMap { $0 as? URL }
        let pictures = (found ?? []).filter { Self.extensions.contains($0.pathExtension.lowercased()) }
        guard !pictures.isEmpty else { throw none }
        return pictures.sorted { $0.path < $1.path }
    }

    private var none: FoveaError {
        FoveaError(
            .invalidSetting, "\(folder.path) has no pictures that can be read: name another folder.")
    }

    /// Every n-th, so that there are `most`.
    package static func spread<Element>(_ all: [Element], most: Int) -> [Element] {
        guard all.count > most else { return all }
        return (0..<most).map { all[$0 * all.count / most] }
    }
}
