/// CLIP models that read English: OpenAI's, LAION's and Apple's.
enum CLIPModels {
    static let all: [CatalogueModel] = openAI + small + laion + apple

    private static let openAI: [CatalogueModel] = [
        .clip("RN50__openai", "OpenAI CLIP", .rn50, memory: 913, ms: 2.39, .openAI),
        .clip("RN101__openai", "OpenAI CLIP", .rn101, memory: 1111, ms: 3.21, .openAI),
        .clip("RN50x4__openai", "OpenAI CLIP", .rn50x4, memory: 1416, ms: 5.85, .openAI),
        .clip("RN50x16__openai", "OpenAI CLIP", .rn50x16, memory: 2221, ms: 15.87, .openAI),
        .clip("RN50x64__openai", "OpenAI CLIP", .rn50x64, memory: 5079, ms: 48.79, .openAI),
        .clip(
            "ViT-B-32__openai", "OpenAI CLIP", .b32, memory: 1004, ms: 2.26, .openAI,
            formats: [.onnx, .armnn],
            note: "Immich's default"),
        .clip(
            "ViT-B-16__openai", "OpenAI CLIP", .b16, memory: 985, ms: 5.03, .openAI, formats: [.onnx, .armnn]),
        .clip("ViT-L-14__openai", "OpenAI CLIP", .l14, memory: 2212, ms: 19.91, .openAI),
        .clip("ViT-L-14-336__openai", "OpenAI CLIP", .l14at336, memory: 2616, ms: 43.45, .openAI),
    ]

    /// Trained by open_clip's authors on small collections.
    private static let small: [CatalogueModel] = [
        .clip("RN50__cc12m", "open_clip, CC12M", .rn50, memory: 914, ms: 2.37, nil),
        .clip("RN50__yfcc15m", "open_clip, YFCC15M", .rn50, memory: 908, ms: 2.34, nil),
        .clip("RN101__yfcc15m", "open_clip, YFCC15M", .rn101, memory: 1111, ms: 3.22, nil),
    ]

    private static let laion: [CatalogueModel] = [
        .clip(
            "ViT-B-32__laion400m_e31", "LAION-400M", .b32, memory: 999, ms: 2.28, nil,
            formats: [.onnx, .armnn]),
        .clip("ViT-B-32__laion400m_e32", "LAION-400M", .b32, memory: 1003, ms: 2.35, nil),
        .clip("ViT-B-32__laion2b_e16", "LAION-2B", .b32, memory: 1004, ms: 2.38, nil),
        .clip(
            "ViT-B-32__laion2b-s34b-b79k", "LAION-2B", .b32, memory: 1001, ms: 2.29, .laion,
            formats: [.onnx, .armnn, .rknn]),
        .clip("ViT-B-16__laion400m_e31", "LAION-400M", .b16, memory: 991, ms: 5.04, nil),
        .clip("ViT-B-16__laion400m_e32", "LAION-400M", .b16, memory: 975, ms: 4.98, nil),
        .clip("ViT-B-16-plus-240__laion400m_e31", "LAION-400M", .b16plus, memory: 1263, ms: 6.94, nil),
        .clip("ViT-B-16-plus-240__laion400m_e32", "LAION-400M", .b16plus, memory: 1246, ms: 6.95, nil),
        .clip("ViT-L-14__laion400m_e31", "LAION-400M", .l14, memory: 2183, ms: 19.87, nil),
        .clip("ViT-L-14__laion400m_e32", "LAION-400M", .l14, memory: 2218, ms: 19.73, nil),
        .clip(
            "ViT-L-14__laion2b-s32b-b82k", "LAION-2B", .l14, memory: 2233, ms: 20.56, .laion,
            formats: [.onnx, .armnn, .rknn]),
        .clip("ViT-H-14__laion2b-s32b-b79k", "LAION-2B", .h14, memory: 4676, ms: 39.06, .laion),
        .clip("ViT-g-14__laion2b-s12b-b42k", "LAION-2B", .g14, .laion),
    ]

    private static let apple: [CatalogueModel] = [
        .clip("ViT-L-14-quickgelu__dfn2b", "Apple DFN", .l14, memory: 2212, ms: 20.49, .apple),
        .clip("ViT-H-14-quickgelu__dfn5b", "Apple DFN", .h14, memory: 4701, ms: 38.74, .apple),
        .clip("ViT-H-14-378-quickgelu__dfn5b", "Apple DFN", .h14at378, memory: 5049, ms: 108.4, .apple),
    ]
}
