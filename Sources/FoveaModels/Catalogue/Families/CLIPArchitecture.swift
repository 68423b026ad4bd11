import FoveaCore

/// The sizes of a CLIP model's two towers, without what was learnt.
///
/// Dimensions, picture sizes and context lengths are those of open_clip's
/// model configurations (version 3.3). Weights and operations are those of its
/// docs/model_profile.csv; for architectures that are newer than that list they
/// were computed as it does it, by a formula that gives its figures for the
/// others to 0.03 %.
struct CLIPArchitecture {
    /// Of the embedding.
    var dimensions: Int
    /// Width and height of pictures, in pixels.
    var pictureSize: Int
    /// Weights of the image tower, in millions.
    var image: Double
    /// Weights of the text tower, in millions.
    var text: Double
    /// Operations of the image tower, in billions.
    var gigaflops: Double
    var tokenizer = TokenizerKind.clip
    var contextLength: Int? = 77

    /// The same with another text tower.
    func reading(_ tokenizer: TokenizerKind, text: Double, context: Int?) -> Self {
        var copy = self
        copy.tokenizer = tokenizer
        copy.text = text
        copy.contextLength = context
        return copy
    }
}

// ResNets and vision transformers, as OpenAI built them.
extension CLIPArchitecture {
    static let rn50 = Self(dimensions: 1024, pictureSize: 224, image: 38.32, text: 63.69, gigaflops: 12.22)
    static let rn101 = Self(dimensions: 512, pictureSize: 224, image: 56.26, text: 63.43, gigaflops: 19.54)
    static let rn50x4 = Self(dimensions: 640, pictureSize: 288, image: 87.14, text: 91.16, gigaflops: 42.56)
    static let rn50x16 = Self(
        dimensions: 768, pictureSize: 384, image: 167.33, text: 123.65, gigaflops: 149.39)
    static let rn50x64 = Self(
        dimensions: 1024, pictureSize: 448, image: 420.38, text: 202.88, gigaflops: 529.11)
    static let b32 = Self(dimensions: 512, pictureSize: 224, image: 87.85, text: 63.43, gigaflops: 8.82)
    static let b16 = Self(dimensions: 512, pictureSize: 224, image: 86.19, text: 63.43, gigaflops: 35.13)
    static let b16plus = Self(dimensions: 640, pictureSize: 240, image: 117.21, text: 91.16, gigaflops: 54.76)
    static let l14 = Self(dimensions: 768, pictureSize: 224, image: 303.97, text: 123.65, gigaflops: 162.03)
    static let l14at336 = Self(
        dimensions: 768, pictureSize: 336, image: 304.29, text: 123.65, gigaflops: 381.92)
    static let h14 = Self(dimensions: 1024, pictureSize: 224, image: 632.08, text: 354.03, gigaflops: 334.59)
    // Its image weights are H/14's and the positions of 473 patches more.
    static let h14at378 = Self(
        dimensions: 1024, pictureSize: 378, image: 632.68, text: 354.03, gigaflops: 1006.96)
    static let g14 = Self(dimensions: 1024, pictureSize: 224, image: 1012.65, text: 354.03, gigaflops: 534.06)
}

// SigLIP: attention pooling instead of a class token.
extension CLIPArchitecture {
    static let sigB16 = sigLIP(768, 224, image: 92.88, text: 110.27, gigaflops: 35.42)
    static let sigB16at256 = sigLIP(768, 256, image: 92.93, text: 110.27, gigaflops: 46.82)
    static let sigB16at384 = sigLIP(768, 384, image: 93.18, text: 110.27, gigaflops: 112.13)
    static let sigB16at512 = sigLIP(768, 512, image: 93.52, text: 110.27, gigaflops: 216.24)
    static let sigL16at256 = sigLIP(1024, 256, image: 315.96, text: 336.19, gigaflops: 162.56)
    static let sigL16at384 = sigLIP(1024, 384, image: 316.28, text: 336.19, gigaflops: 383.85)
    static let sigSO14at384 = sigLIP(1152, 384, image: 428.23, text: 449.73, gigaflops: 670.35)

    private static func sigLIP(
        _ dimensions: Int, _ size: Int, image: Double, text: Double, gigaflops: Double
    ) -> Self {
        Self(
            dimensions: dimensions, pictureSize: size, image: image, text: text, gigaflops: gigaflops,
            tokenizer: .t5, contextLength: 64)
    }
}

// SigLIP 2: the same image towers, and a vocabulary of 256,000 before the text tower.
extension CLIPArchitecture {
    static let sig2B16 = sigB16.reading(.gemma, text: 282.30, context: 64)
    static let sig2B32at256 = sigLIP2(768, 256, image: 94.55, text: 282.30, gigaflops: 11.49)
    static let sig2L16at256 = sigL16at256.reading(.gemma, text: 565.57, context: 64)
    static let sig2L16at384 = sigL16at384.reading(.gemma, text: 565.57, context: 64)
    static let sig2L16at512 = sigLIP2(1024, 512, image: 316.74, text: 565.57, gigaflops: 727.49)
    static let sig2SO14 = sigLIP2(1152, 224, image: 427.68, text: 707.78, gigaflops: 220.35)
    static let sig2SO14at378 = sigLIP2(1152, 378, image: 428.23, text: 707.78, gigaflops: 670.35)
    static let sig2SO16at256 = sigLIP2(1152, 256, image: 427.89, text: 707.78, gigaflops: 220.46)
    static let sig2SO16at384 = sigLIP2(1152, 384, image: 428.26, text: 707.78, gigaflops: 518.94)
    static let sig2SO16at512 = sigLIP2(1152, 512, image: 428.77, text: 707.78, gigaflops: 979.61)
    static let sig2Gopt16at256 = sigLIP2(1536, 256, image: 1163.17, text: 708.22, gigaflops: 599.00)
    static let sig2Gopt16at384 = sigLIP2(1536, 384, image: 1163.66, text: 708.22, gigaflops: 1392.98)

    private static func sigLIP2(
        _ dimensions: Int, _ size: Int, image: Double, text: Double, gigaflops: Double
    ) -> Self {
        Self(
            dimensions: dimensions, pictureSize: size, image: image, text: text, gigaflops: gigaflops,
            tokenizer: .gemma, contextLength: 64)
    }
}

extension CatalogueModel {
    /// A model for search, whose two parts are published as float32.
    ///
    /// - Parameters:
    ///   - memory: the most that Immich's measurement took, in MiB.
    ///   - ms: what a picture took in it.
    static func clip(
        _ name: String, _ family: String, _ architecture: CLIPArchitecture, memory: Int? = nil,
        ms: Double? = nil,
        _ licence: Licence?, formats: Set<ModelFormat> = [.onnx], note: String? = nil
    ) -> CatalogueModel {
        var model = CatalogueModel(
            name, .clip, family: family, dimensions: architecture.dimensions,
            pictureSize: architecture.pictureSize, licence: licence,
            downloadBytes: Int((architecture.image + architecture.text) * 4_000_000), formats: formats,
            note: note)
        model.tokenizer = architecture.tokenizer
        model.contextLength = architecture.contextLength
        model.millionWeights = [.visual: architecture.image, .textual: architecture.text]
        model.memoryMiB = memory
        model.milliseconds = ms
        model.gigaflops = architecture.gigaflops
        model.languages = CrossmodalRecall.languages(of: name)
        if let english = model.recall["en"] {
            model.quality = [QualityFigure("recall, English", english, source: CrossmodalRecall.source)]
        }
        return model
    }
}
