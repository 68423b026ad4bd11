/// A licence, as the page that publishes the weights names it.
package struct Licence: Sendable, Hashable, Codable {
    /// Its SPDX identifier, or the page's own word for it.
    package var name: String
    /// Whether it keeps others from using the weights for gain, in the
    /// publisher's words; `nil` where its text was not looked at.
    package var isNonCommercial: Bool?
    /// Where that is said.
    package var source: String

    init(_ name: String, isNonCommercial: Bool?, source: String) {
        self.name = name
        self.isNonCommercial = isNonCommercial
        self.source = source
    }

    /// OpenAI's CLIP.
    static let openAI = Licence(
        "MIT", isNonCommercial: false, source: "github.com/openai/CLIP/blob/main/LICENSE")

    /// LAION's models on LAION-2B and LAION-5B.
    static let laion = Licence(
        "MIT", isNonCommercial: false, source: "huggingface.co/laion, the model's card")

    /// timm's copies of Google's SigLIP and SigLIP 2.
    static let sigLIP = Licence(
        "Apache-2.0", isNonCommercial: false, source: "huggingface.co/timm, the model's card")

    /// Apple's DFN models. The card names the licence; its text is on the page.
    static let apple = Licence(
        "apple-amlr", isNonCommercial: nil, source: "huggingface.co/apple/DFN5B-CLIP-ViT-H-14-378")

    /// NLLB-CLIP.
    static let nllb = Licence(
        "CC-BY-NC-4.0", isNonCommercial: true, source: "huggingface.co/visheratin, the model's card")

    /// "ALL models are available for non-commercial research purposes only."
    static let insightFace = Licence(
        "insightface", isNonCommercial: true,
        source: "github.com/deepinsight/insightface/blob/master/model_zoo/README.md")

    /// PP-OCR.
    static let paddle = Licence(
        "Apache-2.0", isNonCommercial: false, source: "github.com/PaddlePaddle/PaddleOCR")
}

extension Licence {
    /// As the owner of a model's files states it.
    package init(ownersWord name: String) {
        self.init(name, isNonCommercial: nil, source: ModelDescription.fileName)
    }
}
