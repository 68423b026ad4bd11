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
    /// - Parameters:
    ///   - sources: in place of `FOVEA_MODEL_SOURCES`.
    ///   - formats: which engines' files to fetch beside `model.onnx`; `nil` for
    ///     those of this machine's devices.
    func modelLibrary(sources: String? = nil, formats: ModelFormats? = nil) throws -> ModelLibrary {
        var variables = ProcessInfo.processInfo.environment.merging(modelSources.variables) { $1 }
        if let sources { variables["FOVEA_MODEL_SOURCES"] = sources }
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

    /// What the cache folder may take, in bytes; `nil` for any.
    func diskBudget(_ option: String?) throws -> Int? {
        let text = option ?? ProcessInfo.processInfo.environment["FOVEA_DISK_BUDGET"] ?? ""
        guard !text.trimmingCharacters(in: .whitespaces).isEmpty else { return nil }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count).lowercased().trimmingCharacters(in: .whitespaces)
        let powers = [
            "": 0, "b": 0, "k": 10, "kib": 10, "m": 20, "mib": 20, "g": 30, "gib": 30, "t": 40, "tib": 40,
        ]
        guard let number = Double(digits), let power = powers[unit], number >= 0, number < 1e6 || power == 0,
            number < 1e18
        else {
            throw FoveaError(
                .invalidSetting,
                """
                \(option == nil ? "FOVEA_DISK_BUDGET" : "--budget") is '\(text.prefix(100))', but must be a number \
                of bytes, such as 500MiB or 20GiB: correct it or leave it out.
                """)
        }
        return Int(number * Double(1 << power))
    }
}

/// `--json`, of commands that answer people else.
struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON.")
    var isWanted = false

    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }
}

extension Int {
    /// Such as `338.3 MB`: decimal units, as disks and downloads are measured.
    var decimalBytes: String { Int64(self).formatted(.byteCount(style: .file)) }
}
