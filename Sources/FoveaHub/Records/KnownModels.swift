import FoveaCore
package import FoveaModels
package import Foundation

/// The models that Fovea noted something down about.
package enum KnownModels {
    /// Blocks. Whoever shares the folder may have put anything there: what does
    /// not look like records is passed over.
    package static func all(in cache: URL) -> [ModelHome] {
        let root = cache.appending(components: "fovea", "models", directoryHint: .isDirectory)
        return ModelTask.allCases.flatMap { task in
            names(in: root.appending(component: task.rawValue)).flatMap { name in
                let main = ModelHome(task, name: name)
                let folder = main.records(in: cache)
                let others = names(in: folder).map { ModelHome(task, name: name, revision: $0) }
                return ([main] + others).filter { home in
                    home.isUsable && home.name == name && ModelManifest(in: home.records(in: cache)) != nil
                }
            }
        }.sorted()
    }

    private static func names(in folder: URL) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (names ?? []).filter { name in
            let values = try? folder.appending(component: name)
                .resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
            return !name.hasPrefix(".") && values?.isDirectory == true && values?.isSymbolicLink == false
        }
    }
}
