import ArgumentParser
import FoveaCore
import FoveaDevices
import FoveaHub
import FoveaModels
import FoveaServer
import Foundation

extension Settings {
    /// What gets, checks and removes the cache folder's models.
    ///
    /// - Parameter formats: which engines' files to fetch beside `model.onnx`;
    ///   `nil` for those of this machine's devices.
    func modelLibrary(formats: ModelFormats? = nil) throws -> ModelLibrary {
        let variables = ProcessInfo.processInfo.environment.merging(modelSources.variables) { $1 }
        return ModelLibrary(
            try HubSettings(
                cache: cacheFolder, organization: modelOrganization, revision: modelRevision,
                formats: formats ?? ModelFormats(for: Machine().usable(self)), variables: variables),
            variables: variables)
    }

    /// The models of this name that are in the cache folder, or all.
    ///
    /// - Throws: `FoveaError` if there is none of that name.
    func modelHomes(named name: String?) throws -> [ModelHome] {
        let installed = try modelStore.installed()
            .map { ModelHome($0.id.task, name: $0.id.name, revision: modelRevision) }
        let own = KnownModels.all(in: cacheFolder).filter { $0.revision == modelRevision }
        let all = Set(installed + own).sorted()
        guard let name else { return all }
        let found = all.filter { $0.name == ModelID.cleaned(name) }
        guard !found.isEmpty else {
            let names = Set(all.map(\.name)).sorted().joined(separator: ", ")
            throw FoveaError(
                .modelNotFound,
                "There is no model '\(name)' in \(cacheFolder.path)\(names.isEmpty ? "." : ", only \(names).")"
            )
        }
        return found
    }
}

/// `--json`, of commands that answer people else.
struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isWanted = false
}
