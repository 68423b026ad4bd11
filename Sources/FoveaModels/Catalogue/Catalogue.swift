package import FoveaCore

/// The models that Immich knows by name, and what is known of them.
///
/// It allows nothing and forbids nothing: any folder with the files is a model.
/// It says what to expect of a name before anything is fetched.
package enum Catalogue {
    /// All of them, by task and family.
    package static let models: [CatalogueModel] =
        CLIPModels.all + SigLIPModels.all + MultilingualModels.all + FacePacks.all + OCRModels.all

    private static let byName = Dictionary(
        models.map { (Key(task: $0.task, name: $0.name), $0) }, uniquingKeysWith: { first, _ in first })

    private struct Key: Hashable {
        var task: ModelTask
        var name: String
    }

    /// What is known of a model.
    ///
    /// - Parameter name: as a client sends it, cleaned or not.
    package static func model(_ task: ModelTask, named name: String) -> CatalogueModel? {
        byName[Key(task: task, name: ModelID.cleaned(name))]
    }

    /// What is known of a name, whatever it is for.
    package static func model(named name: String) -> CatalogueModel? {
        ModelTask.allCases.lazy.compactMap { model($0, named: name) }.first
    }

    /// The end of a message about a model that is not there: ` Did you mean '…'?`.
    /// Empty where the name is known, or like no other.
    package static func hint(for name: String, task: ModelTask, others: [String] = []) -> String {
        guard model(task, named: name) == nil,
            let near = suggestions(for: name, task: task, others: others).first
        else { return "" }
        return " Did you mean '\(near)'?"
    }

    /// Names that somebody may have meant, the nearest first.
    ///
    /// ```swift
    /// Catalogue.suggestions(for: "ViT-B-32_openai")  // ["ViT-B-32__openai", …]
    /// ```
    ///
    /// - Parameters:
    ///   - name: as it was asked for, cleaned or not.
    ///   - task: what it was asked for, where that is known.
    ///   - others: names to consider beside the catalogue's: what is installed.
    ///   - limit: the most to return.
    package static func suggestions(
        for name: String, task: ModelTask? = nil, others: [String] = [], limit: Int = 3
    ) -> [String] {
        let asked = folded(name)
        guard !asked.isEmpty else { return [] }
        // A third of the letters may be wrong: more, and everything is near everything.
        let reach = max(2, asked.count / 3)
        let known = Set(models.filter { task == nil || $0.task == task }.map(\.name)).union(others)
        let near = known.compactMap { candidate -> (distance: Int, name: String)? in
            let word = folded(candidate)
            // Who leaves out where it was trained means one of these.
            if word.hasPrefix(asked) { return (0, candidate) }
            return EditDistance.between(asked, word, limit: reach).map { ($0, candidate) }
        }
        return near.sorted { ($0.distance, $0.name.count, $0.name) < ($1.distance, $1.name.count, $1.name) }
            .prefix(limit).map(\.name)
    }

    /// Capitals, and which marks stand between the parts, are what people get wrong.
    private static func folded(_ name: String) -> String {
        ModelID.cleaned(name).lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
