/// How often a search finds the picture that its text describes.
///
/// Immich's figures (docs/docs/features/searching.md of its repository, as of
/// 2026): zero-shot image retrieval, the mean of recall@1, recall@5 and
/// recall@10, on Crossmodal-3600; for Chinese, English, French, German,
/// Italian, Japanese, Korean, Polish, Russian, Spanish and Turkish also on
/// XTD-10, for Chinese and English also on Flickr30k, and then the mean of
/// them. So figures compare models in one language, not languages.
package enum CrossmodalRecall {
    /// For people.
    package static let source = "Immich's documentation (Crossmodal-3600, XTD-10, Flickr30k)"

    /// Codes of the languages that were measured.
    package static let measuredLanguages = columns.split(whereSeparator: \.isWhitespace).map(String.init)

    /// In percent, by model and language. Immich lists nothing below 20.
    package static let ofModels: [String: [String: Double]] = parse(table, columns: measuredLanguages)

    /// The best that any model reaches, by language.
    package static let best: [String: Double] = ofModels.values.reduce(into: [:]) { best, figures in
        best.merge(figures, uniquingKeysWith: max)
    }

    /// A language counts as one of a model's where it reaches two thirds of what
    /// the best does in it.
    package static func languages(of model: String) -> [String] {
        (ofModels[model] ?? [:]).filter { language, percent in isServed(language, by: percent) }
            .map(\.key).sorted()
    }

    /// Whether a recall is worth calling support for the language.
    package static func isServed(_ language: String, by percent: Double) -> Bool {
        3 * percent >= 2 * (best[language] ?? 0)
    }

    /// The measured language that a code means: `pt-BR` is `pt`, `nb` is `no`.
    ///
    /// - Returns: `nil` where it was not measured.
    package static func language(_ code: String) -> String? {
        let base = code.lowercased().prefix { $0 != "-" && $0 != "_" }
        let name =
            ["nb": "no", "nn": "no", "tl": "fil", "iw": "he", "in": "id"][String(base)] ?? String(base)
        return measuredLanguages.contains(name) ? name : nil
    }

    /// Two lines of figures follow each name.
    static func parse(_ table: String, columns: [String]) -> [String: [String: Double]] {
        let lines = table.split(separator: "\n")
        var models: [String: [String: Double]] = [:]
        for start in stride(from: 0, through: lines.count - 3, by: 3) {
            var figures: [String: Double] = [:]
            let halves = [columns.prefix(18), columns.dropFirst(18)]
            for (line, languages) in zip(lines[(start + 1)...(start + 2)], halves) {
                for (cell, language) in zip(line.split(separator: " "), languages) {
                    figures[language] = Double(cell)
                }
            }
            models[String(lines[start])] = figures
        }
        return models
    }
}
