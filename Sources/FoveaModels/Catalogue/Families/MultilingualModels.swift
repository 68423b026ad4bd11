/// CLIP models with a text tower that was made for many languages.
enum MultilingualModels {
    static let all: [CatalogueModel] = laion + nllb + mclip

    private static let laion: [CatalogueModel] = [
        .clip(
            "XLM-Roberta-Base-ViT-B-32__laion5b_s13b_b90k", "LAION-5B",
            .b32.reading(.xlmRoberta, text: 278.27, context: 77), memory: 3030, ms: 3.2, .laion),
        .clip(
            "XLM-Roberta-Large-ViT-H-14__frozen_laion5b_s13b_b90k", "LAION-5B",
            .h14.reading(.xlmRoberta, text: 560.94, context: 77), memory: 4014, ms: 39.14, .laion),
    ]

    /// Weights of the text towers: open_clip's nllb-clip-base and -large, which
    /// share them but for the last layer.
    private static let nllb: [CatalogueModel] = [
        nllb("nllb-clip-base-siglip__v1", .sigB16at384, text: 414.04, memory: 4675, ms: 15.17),
        nllb("nllb-clip-base-siglip__mrl", .sigB16at384, text: 414.04, memory: 4696, ms: 16.95),
        nllb("nllb-clip-large-siglip__v1", .sigSO14at384, text: 767.14, memory: 4226, ms: 75.05),
        nllb("nllb-clip-large-siglip__mrl", .sigSO14at384, text: 767.14, memory: 4248, ms: 75.44),
    ]

    private static func nllb(
        _ name: String, _ image: CLIPArchitecture, text: Double, memory: Int, ms: Double
    ) -> CatalogueModel {
        .clip(
            name, "NLLB-CLIP", image.reading(.nllb, text: text, context: 77), memory: memory, ms: ms, .nllb,
            note: "expects each search in the language that the user's Immich is set to")
    }

    /// M-CLIP taught text models to answer as a CLIP's text tower does; the
    /// image towers are OpenAI's and LAION's. The cards name no licence.
    private static let mclip: [CatalogueModel] = [
        mclip("XLM-Roberta-Large-Vit-B-32", .b32.reading(.xlmRoberta, text: 560, context: 77)),
        mclip("XLM-Roberta-Large-Vit-B-16Plus", .b16plus.reading(.xlmRoberta, text: 560, context: 77)),
        mclip("XLM-Roberta-Large-Vit-L-14", .l14.reading(.xlmRoberta, text: 560, context: 77)),
        // 1.89 GB of float32 on huggingface.co/M-CLIP.
        mclip("LABSE-Vit-L-14", .l14.reading(.wordPiece, text: 472, context: 77)),
    ]

    private static func mclip(_ name: String, _ architecture: CLIPArchitecture) -> CatalogueModel {
        var model = CatalogueModel.clip(name, "M-CLIP", architecture, nil)
        model.languages = trained
        return model
    }

    /// What M-CLIP's cards list.
    private static let trained = [
        "af", "am", "ar", "az", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fr", "hi",
        "hr", "hu", "id", "is", "it", "ja", "mk", "ml", "mr", "nl", "pl", "pt", "ro", "ru", "sl", "sq", "sr",
        "sv", "sw", "te", "tk", "tl", "tr", "ug", "uk", "ur", "uz", "vi", "xh", "zh",
    ]
}
