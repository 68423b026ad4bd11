import FoveaCore
import FoveaModels
import Foundation

/// What of ours is of no more use, outside the models' folders. Blocks.
struct Leftovers: Sendable {
    /// Partial downloads are kept this long, in seconds, for whoever goes on.
    static let patience: TimeInterval = 86_400

    let cache: URL
    let now: Date

    private var own: URL { cache.appending(component: "fovea", directoryHint: .isDirectory) }

    /// A folder that can go.
    struct Item: Sendable, Hashable {
        var url: URL
        var byteCount: Int
    }

    /// Folders of partial downloads in which nothing was written for a day.
    ///
    /// Whoever removes one takes the model's lock, which says that nobody is at
    /// it. A date in the future, of another host's clock, is no such day.
    func partials() -> [(records: URL, item: Item)] {
        let models = own.appending(component: "models", directoryHint: .isDirectory)
        guard let walk = FileManager.default.enumerator(atPath: models.path) else { return [] }
        var found: [(URL, Item)] = []
        while let path = walk.nextObject() as? String {
            guard path.split(separator: "/").last.map(String.init) == Transfer.partialsName else { continue }
            walk.skipDescendants()
            let folder = models.appending(path: path, directoryHint: .isDirectory)
            guard let date = lastChange(in: folder), now.timeIntervalSince(date) > Self.patience else {
                continue
            }
            found.append(
                (folder.deletingLastPathComponent(), Item(url: folder, byteCount: DiskUse.bytes(folder))))
        }
        return found
    }

    /// Models that were packed for the processor and whose graph is gone.
    ///
    /// Each says in `packed.json` which graph it was made of, by its full path.
    /// Only paths below this cache folder tell anything: a container may see
    /// the same folder under another name.
    func packed() -> [Item] {
        struct Made: Decodable { var model: String }
        let folder = own.appending(component: "packed", directoryHint: .isDirectory)
        return children(folder).compactMap { child in
            guard let data = try? Data(contentsOf: child.appending(component: "packed.json")),
                let made = try? JSONDecoder().decode(Made.self, from: data),
                made.model.hasPrefix(cache.standardizedFileURL.path.withSlash),
                !made.model.contains("/../"), !FileManager.default.fileExists(atPath: made.model)
            else { return nil }
            return Item(url: child, byteCount: DiskUse.bytes(child))
        }
    }

    /// Rewritten graphs of models of ours that are gone.
    ///
    /// Their folders are named `<task>-<name>-<type>_<rewrite>_<fingerprint>`,
    /// which other names may be turned to as well: only those of `removed` are
    /// looked for, and none that a model which is there could have.
    func graphs(of removed: [ModelHome], installed: [InstalledModel]) -> [Item] {
        let gone = Set(removed.flatMap(Self.keys))
        let there = Set(installed.map { Self.key($0.id.description) })
        let folder = own.appending(component: "graphs", directoryHint: .isDirectory)
        return children(folder).compactMap { child in
            // The rewrite and the fingerprint have no `_` in them.
            let parts = child.lastPathComponent.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count >= 3 else { return nil }
            let key = parts.dropLast(2).joined(separator: "_")
            guard gone.contains(key), !there.contains(key) else { return nil }
            return Item(url: child, byteCount: DiskUse.bytes(child))
        }
    }

    private static func keys(_ home: ModelHome) -> [String] {
        home.task.types.map { key("\(home.task.rawValue)/\(home.name)/\($0.rawValue)") }
    }

    /// As `GraphCopies` names its folders.
    private static func key(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.".contains($0) ? $0 : "-" })
    }

    private func children(_ folder: URL) -> [URL] {
        let children = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.isDirectoryKey])
        return (children ?? []).filter {
            !$0.lastPathComponent.hasPrefix(".")
                && (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
        }
    }

    private func lastChange(in folder: URL) -> Date? {
        let files = try? FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: [.contentModificationDateKey])
        return ([folder] + (files ?? [])).compactMap {
            (try? $0.resourceValues(forKeys: [.contentModificationDateKey]))?.contentModificationDate
        }.max()
    }
}

extension String {
    fileprivate var withSlash: String { hasSuffix("/") ? self : self + "/" }
}
