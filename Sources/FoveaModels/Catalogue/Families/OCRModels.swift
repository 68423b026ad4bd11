import FoveaCore

/// PP-OCR, by PaddlePaddle.
enum OCRModels {
    static let all: [CatalogueModel] = [
        base(
            "PP-OCRv5_mobile", detection: 75.2, recognition: 73.7, bytes: 21_400_000, five,
            note: "Immich's default"),
        base("PP-OCRv5_server", detection: 81.6, recognition: 78.1, bytes: 172_600_000, five),
        base("PP-OCRv6_tiny", detection: 80.6, recognition: 73.5, bytes: 6_243_229, ["zh", "en"] + latin),
        base("PP-OCRv6_small", detection: 84.1, recognition: 81.3, bytes: 31_039_890, five + latin),
        base("PP-OCRv6_medium", detection: 86.2, recognition: 83.2, bytes: 138_587_816, five + latin),
        language("CH__PP-OCRv5_mobile", five),
        language("CH__PP-OCRv5_server", five),
        language("EL__PP-OCRv5_mobile", ["el"]),
        language("EN__PP-OCRv5_mobile", ["en"]),
        language("ESLAV__PP-OCRv5_mobile", ["ru", "be", "uk"]),
        language("KOREAN__PP-OCRv5_mobile", ["ko"]),
        language("LATIN__PP-OCRv5_mobile", latin),
        language("TH__PP-OCRv5_mobile", ["th"]),
    ]

    /// "Simplified Chinese, Chinese Pinyin, Traditional Chinese, English, and
    /// Japanese" (PP-OCRv5_multi_languages.en.md).
    private static let five = ["zh", "en", "ja"]

    /// Those in Latin script, of the same page's list. PP-OCRv6's page says
    /// "46 Latin-script languages" and does not list them.
    private static let latin = [
        "af", "bs", "cs", "cy", "da", "de", "es", "et", "fr", "ga", "hr", "hu", "id", "is", "it", "la", "lt",
        "mi", "ms", "nl", "no", "oc", "pl", "pt", "sk", "sl", "sq", "sv", "sw", "tl", "tr", "uz",
    ]

    private static func base(
        _ name: String, detection: Double, recognition: Double, bytes: Int, _ languages: [String],
        note: String? = nil
    ) -> CatalogueModel {
        let source = "PaddleOCR's PP-OCRv6.en.md, its own benchmark"
        return CatalogueModel(
            name, .ocr, family: "PP-OCR", licence: .paddle, languages: languages,
            quality: [
                QualityFigure("text detection, average Hmean", detection, source: source),
                QualityFigure("text recognition, weighted average", recognition, source: source),
            ],
            downloadBytes: bytes, note: note)
    }

    /// A recogniser for one script, which shares the detector of the model it is
    /// named after.
    private static func language(_ name: String, _ languages: [String]) -> CatalogueModel {
        let detector = name.split(separator: "_").suffix(2).joined(separator: "_")
        return CatalogueModel(
            name, .ocr, family: "PP-OCR", licence: .paddle, languages: languages,
            note: "uses the detector of \(detector)")
    }
}
