import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaEngine
import FoveaModels
import FoveaServer

extension ModelsCommand {
    struct Info: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "info", abstract: "Show all that is known of a model.",
            discussion: """
                What it is for, its licence, size and quality and who says so; where it is installed, its files, and \
                the devices that it was tried on.

                  fovea models info ViT-B-32__openai
                """)

        @Argument(help: "The model's name, as in Immich's settings or as its folder is called.")
        var name: String

        @Flag(help: "Print JSON, also on a terminal.")
        var json = false

        @OptionGroup var options: CacheOptions

        func run() throws {
            let settings = try options.settings()
            let store = settings.modelStore
            let installed = try store.installed()
            let entries = entries(store, installed)
            guard !entries.isEmpty else { throw unknown(installed) }
            let proofs = Proof.kept(in: settings.proofFolder)
            let reports = entries.map {
                ModelReport($0, uses: ModelUses(settings), proofs: proofs, listsFiles: true)
            }
            if json || !StandardOutput.isTerminal {
                StandardOutput.write(try JSONText.of(reports))
            } else {
                StandardOutput.write(reports.map(\.text).joined(separator: "\n"))
            }
        }

        /// One for each task that has a model of the name; the user's own may bear
        /// the same one twice.
        private func entries(_ store: ModelStore, _ installed: [InstalledModel]) -> [ModelEntry] {
            let name = ModelID.cleaned(name)
            return ModelTask.allCases.compactMap { task in
                let known = Catalogue.model(task, named: name)
                guard known != nil || installed.contains(where: { $0.id.task == task && $0.id.name == name })
                else { return nil }
                // Located, not looked up: one language's text models share another's detector.
                let parts = task.types.compactMap { try? store.locate(ModelID(task, $0, name: name)) }
                return ModelEntry(task: task, name: name, known: known, installed: parts)
            }
        }

        private func unknown(_ installed: [InstalledModel]) -> FoveaError {
            let near = Catalogue.suggestions(for: name, others: installed.map(\.id.name))
            let list = near.map { "'\($0)'" }.joined(separator: ", ")
            let hint = near.isEmpty ? "" : " Did you mean \(list)?"
            return FoveaError(
                .modelNotFound,
                "'\(name)' is neither installed nor known.\(hint) 'fovea models list --all' shows all there are."
            )
        }
    }
}
