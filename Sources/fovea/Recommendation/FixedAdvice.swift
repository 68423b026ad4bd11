import FoveaCore
import FoveaModels

/// What to take where there is little to weigh.
enum FixedAdvice {
    /// By InsightFace's own figures: buffalo_l 91.25 % on MR-ALL, buffalo_s 71.87 %.
    static let faces = """
        buffalo_l, Immich's default, tells faces apart best; buffalo_s is a tenth of its size and much worse. \
        Their licence is for non-commercial research only.
        """

    /// By PaddleOCR's own figures, of what reads all of the languages. PP-OCRv5's recognisers
    /// for one script are named after it.
    static func ocr(for languages: [String]) -> String {
        let codes = languages.map { String($0.lowercased().prefix { $0 != "-" }) }
            .map { ["nb": "no", "nn": "no", "fil": "tl"][$0] ?? $0 }
        let models = Catalogue.models.filter { model in
            model.task == .ocr && codes.allSatisfy { model.languages.contains($0) }
        }
        if reads("PP-OCRv5_mobile", models) {
            return """
                PP-OCRv5_mobile, Immich's default, reads these; PP-OCRv6_small reads them better \
                (Immich 3.3 or later).
                """
        }
        if reads("PP-OCRv6_small", models) {
            let script = models.first { $0.name.contains("__") }.map {
                ", or \($0.name) with an older Immich"
            }
            return "PP-OCRv6_small reads these (Immich 3.3 or later)\(script ?? "")."
        }
        if let script = models.first(where: { $0.name.contains("__") }) {
            return "\(script.name) reads these."
        }
        return """
            no model is said to read \(languages.joined(separator: ", ")) all; 'fovea models list --all' shows \
            those for one script.
            """
    }

    private static func reads(_ name: String, _ models: [CatalogueModel]) -> Bool {
        models.contains { $0.name == name }
    }
}
