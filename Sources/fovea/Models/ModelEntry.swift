import FoveaCore
import FoveaModels
import Foundation

/// A model by its name: what is known of it, and what of it is installed.
struct ModelEntry {
    var task: ModelTask
    var name: String
    /// `nil` where the catalogue does not have it: a model of the user's own.
    var known: CatalogueModel?
    /// Its parts that are there, as they run.
    var installed: [InstalledModel]

    /// Everything that is installed, and with `known` also what is not.
    static func all(_ installed: [InstalledModel], known: [CatalogueModel]) -> [ModelEntry] {
        ModelTask.allCases.flatMap { task in
            let parts = installed.filter { $0.id.task == task }
            let catalogue = known.filter { $0.task == task }
            let own = Set(parts.map(\.id.name)).subtracting(catalogue.map(\.name)).sorted()
            return own.map { name in
                ModelEntry(
                    task: task, name: name, known: Catalogue.model(task, named: name),
                    installed: parts.filter { $0.id.name == name })
            }
                + catalogue.map { model in
                    ModelEntry(
                        task: task, name: model.name, known: model,
                        installed: parts.filter { $0.id.name == model.name })
                }
        }
    }

    /// Bytes on disk of the parts that are there.
    var byteCount: Int { installed.reduce(0) { $0 + $1.byteCount } }

    /// `yes`, or which part; empty where none is there.
    var installedText: String {
        guard !installed.isEmpty else { return "" }
        return installed.count == task.types.count
            ? "yes" : installed.map(\.id.type.rawValue).joined(separator: ", ")
    }

    /// The figure that tells most: `69.9 %`.
    var qualityText: String { known?.quality.first.map { "\($0.percent) %" } ?? "" }
}
