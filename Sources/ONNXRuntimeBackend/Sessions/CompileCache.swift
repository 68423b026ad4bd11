import FoveaCore
import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a provider keeps what it compiled of a model:
/// `<model's folder>/<provider>/<key>/`, as Immich has it but for the key.
///
/// The key names what the compiled code depends on, because not all providers
/// check that themselves: the runtime's version, the device, the driver, the
/// precision and the model's file. Two models never share a folder, so only
/// versions of one could clash.
///
/// A folder that is new takes the place of those that nothing can use any more,
/// as ``CompileFacts`` in each of them tell. A folder without such facts is
/// somebody else's, and stays.
struct CompileCache {
    let url: URL
    private let facts: CompileFacts
    private static let factsName = "fovea.json"

    /// - Parameter runtime: version of the runtime that compiles.
    init(of model: URL, on accelerator: Accelerator, by runtime: String) {
        facts = CompileFacts(of: model, on: accelerator, by: runtime)
        url = model.deletingLastPathComponent()
            .appending(
                components: accelerator.device.kind.rawValue, facts.key, directoryHint: .isDirectory)
    }

    /// The folder, made if it is not there; `nil` where nothing may be written:
    /// the model is then compiled each time.
    func folder() -> UsedFolder? {
        // Others may remove one that was found, before it is known to be used.
        for _ in 0..<3 {
            if let use = FolderUse(url) { return writable(use) }
            if let use = make() {
                removeOutdated()
                return writable(use)
            }
            // Of another process, or where folders cannot be locked.
            if let use = FolderUse(url) { return writable(use) }
            if FileManager.default.fileExists(atPath: url.path) { return writable(nil) }
        }
        return nil
    }

    private func writable(_ use: FolderUse?) -> UsedFolder? {
        FileManager.default.isWritableFile(atPath: url.path) ? UsedFolder(url: url, use: use) : nil
    }

    /// Makes the folder under another name, so that all who see it see its facts
    /// and find it used.
    ///
    /// - Returns: `nil` where it is there, or cannot be made.
    private func make() -> FolderUse? {
        let files = FileManager.default
        let draft = url.deletingLastPathComponent()
            .appending(component: ".\(UUID().uuidString).new", directoryHint: .isDirectory)
        do {
            try files.createDirectory(at: draft, withIntermediateDirectories: true)
        } catch {
            return nil
        }
        let use = FolderUse(draft)
        do {
            try JSONEncoder().encode(facts).write(to: draft.appending(component: Self.factsName))
        } catch {
            try? files.removeItem(at: draft)
            return nil
        }
        guard rename(draft.path, url.path) == 0 else {
            try? files.removeItem(at: draft)
            return nil
        }
        return use
    }

    private func removeOutdated() {
        let home = url.deletingLastPathComponent()
        let siblings = try? FileManager.default.contentsOfDirectory(
            at: home, includingPropertiesForKeys: nil)
        for sibling in siblings ?? [] {
            guard let data = try? Data(contentsOf: sibling.appending(component: Self.factsName)),
                let others = try? JSONDecoder().decode(CompileFacts.self, from: data),
                facts.replace(others)
            else { continue }
            FolderUse.removeUnused(sibling, last: Self.factsName)
        }
    }
}

/// A folder that stays for as long as this is kept.
struct UsedFolder: Sendable {
    var url: URL
    fileprivate var use: FolderUse?
}
