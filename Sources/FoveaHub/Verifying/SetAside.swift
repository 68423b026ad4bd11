import FoveaCore
import FoveaModels
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where broken files go, with a text that says why:
/// `<cache>/fovea/set-aside/<date>/<task>/<name>/<path>`. Nothing there is ever
/// removed by Fovea.
struct SetAside: Sendable {
    let cache: URL
    let date: Date

    /// Gives a file a second name there, or moves it where that cannot be. Blocks.
    ///
    /// - Returns: where it is now; it is still in its place too, if it could be.
    /// - Throws: `SystemFault`.
    func keep(_ file: URL, of home: ModelHome, path: String, because reason: String) throws -> URL {
        var place = folder(home).appending(path: path)
        var number = 1
        while (try? FileManager.default.attributesOfItem(atPath: place.path)) != nil {
            number += 1
            place = folder(home).appending(path: "\(path).\(number)")
        }
        try makeFolder(place.deletingLastPathComponent())
        if link(file.path, place.path) != 0, rename(file.path, place.path) != 0 {
            throw SystemFault("rename", place.path)
        }
        let text = """
            \(file.path)
            was set aside by Fovea on \(date.formatted(.iso8601)): \(reason).
            A file that is as it should be has taken its place. Unless you want to keep this one, delete it.

            """
        try replace(URL(filePath: place.path + ".txt"), by: Data(text.utf8))
        return place
    }

    private func folder(_ home: ModelHome) -> URL {
        let day = date.formatted(.iso8601.timeSeparator(.omitted).dateSeparator(.dash))
        return home.folder(
            in: cache.appending(components: "fovea", "set-aside", day, directoryHint: .isDirectory))
    }
}
