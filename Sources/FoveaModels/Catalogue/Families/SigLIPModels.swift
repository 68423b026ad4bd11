/// Google's SigLIP, trained mostly on English, and SigLIP 2, on many languages.
enum SigLIPModels {
    static let all: [CatalogueModel] = first + second

    private static let armnn: Set<ModelFormat> = [.onnx, .armnn]

    private static let first: [CatalogueModel] = [
        .clip(
            "ViT-B-16-SigLIP__webli", "SigLIP", .sigB16, memory: 1081, ms: 5.77, .sigLIP,
            formats: [.onnx, .armnn, .rknn]),
        .clip(
            "ViT-B-16-SigLIP-256__webli", "SigLIP", .sigB16at256, memory: 1102, ms: 7.11, .sigLIP,
            formats: armnn),
        .clip(
            "ViT-B-16-SigLIP-384__webli", "SigLIP", .sigB16at384, memory: 1128, ms: 13.53, .sigLIP,
            formats: armnn),
        .clip("ViT-B-16-SigLIP-512__webli", "SigLIP", .sigB16at512, memory: 1828, ms: 26.17, .sigLIP),
        .clip(
            "ViT-B-16-SigLIP-i18n-256__webli", "SigLIP",
            .sigB16at256.reading(.mt5, text: 277.70, context: 64), memory: 3029, ms: 6.87, .sigLIP),
        .clip(
            "ViT-L-16-SigLIP-256__webli", "SigLIP", .sigL16at256, memory: 3160, ms: 23.84, .sigLIP,
            formats: armnn),
        .clip(
            "ViT-L-16-SigLIP-384__webli", "SigLIP", .sigL16at384, memory: 3396, ms: 47.6, .sigLIP,
            formats: armnn),
        .clip("ViT-SO400M-14-SigLIP-384__webli", "SigLIP", .sigSO14at384, memory: 4417, ms: 72.19, .sigLIP),
    ]

    private static let second: [CatalogueModel] = [
        .clip("ViT-B-16-SigLIP2__webli", "SigLIP 2", .sig2B16, memory: 3038, ms: 5.81, .sigLIP),
        .clip("ViT-B-32-SigLIP2-256__webli", "SigLIP 2", .sig2B32at256, memory: 3061, ms: 3.31, .sigLIP),
        .clip("ViT-L-16-SigLIP2-256__webli", "SigLIP 2", .sig2L16at256, memory: 2830, ms: 23.77, .sigLIP),
        .clip("ViT-L-16-SigLIP2-384__webli", "SigLIP 2", .sig2L16at384, memory: 3057, ms: 51.7, .sigLIP),
        .clip("ViT-L-16-SigLIP2-512__webli", "SigLIP 2", .sig2L16at512, memory: 3358, ms: 92.59, .sigLIP),
        .clip("ViT-SO400M-14-SigLIP2__webli", "SigLIP 2", .sig2SO14, memory: 3622, ms: 27.63, .sigLIP),
        .clip(
            "ViT-SO400M-14-SigLIP2-378__webli", "SigLIP 2", .sig2SO14at378, memory: 3940, ms: 72.25, .sigLIP),
        .clip(
            "ViT-SO400M-16-SigLIP2-256__webli", "SigLIP 2", .sig2SO16at256, memory: 3611, ms: 27.84, .sigLIP),
        .clip(
            "ViT-SO400M-16-SigLIP2-384__webli", "SigLIP 2", .sig2SO16at384, memory: 3854, ms: 56.57, .sigLIP),
        .clip(
            "ViT-SO400M-16-SigLIP2-512__webli", "SigLIP 2", .sig2SO16at512, memory: 4050, ms: 107.67, .sigLIP),
        .clip(
            "ViT-gopt-16-SigLIP2-256__webli", "SigLIP 2", .sig2Gopt16at256, memory: 6475, ms: 64.51, .sigLIP),
        .clip(
            "ViT-gopt-16-SigLIP2-384__webli", "SigLIP 2", .sig2Gopt16at384, memory: 6585, ms: 146.84, .sigLIP),
    ]
}
