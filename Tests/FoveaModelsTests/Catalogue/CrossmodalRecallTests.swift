import FoveaCore
import FoveaModels
import Testing

@Suite struct CrossmodalRecallTests {
    @Test func hasTheLanguagesOfCrossmodal3600() {
        #expect(CrossmodalRecall.measuredLanguages.count == 36)
        #expect(CrossmodalRecall.measuredLanguages.first == "en")
        #expect(CrossmodalRecall.measuredLanguages.last == "vi")
    }

    /// Rows of Immich's tables, rounded to one decimal as the catalogue has them.
    @Test(arguments: [
        ("ViT-B-32__openai", "en", 69.9), ("ViT-B-16-SigLIP2__webli", "ar", 61.7),
        ("nllb-clip-large-siglip__v1", "bn", 76.2), ("RN50__yfcc15m", "en", 53.6),
        ("ViT-SO400M-16-SigLIP2-384__webli", "en", 86.0),
        ("XLM-Roberta-Large-ViT-H-14__frozen_laion5b_s13b_b90k", "zh", 75.2),
    ])
    func figuresAreImmichs(model: String, language: String, percent: Double) {
        #expect(CrossmodalRecall.ofModels[model]?[language] == percent)
    }

    @Test func whatIsBelow20IsNotThere() {
        #expect(CrossmodalRecall.ofModels["RN50__yfcc15m"]?["de"] == nil)
        #expect(CrossmodalRecall.ofModels["ViT-B-32-SigLIP2-256__webli"]?["bn"] == nil)
        #expect(CrossmodalRecall.ofModels.values.joined().allSatisfy { 20...100 ~= $0.value })
    }

    @Test func everyRowBelongsToAModel() {
        #expect(CrossmodalRecall.ofModels.count == 53)
        #expect(CrossmodalRecall.ofModels.keys.allSatisfy { Catalogue.model(.clip, named: $0) != nil })
        #expect(CrossmodalRecall.ofModels.values.allSatisfy { $0["en"] != nil })
    }

    @Test(arguments: [
        ("de", "de"), ("pt-BR", "pt"), ("zh-Hans", "zh"), ("nb-NO", "no"), ("EN", "en"), ("xx", nil),
        ("", nil),
    ])
    func codesAreUnderstood(code: String, language: String?) {
        #expect(CrossmodalRecall.language(code) == language)
    }

    @Test func twoThirdsOfTheBestCountAsSupport() {
        // In Bengali NLLB reaches 76.2, SigLIP 2 26.2.
        #expect(CrossmodalRecall.languages(of: "nllb-clip-large-siglip__v1").contains("bn"))
        #expect(!CrossmodalRecall.languages(of: "ViT-SO400M-16-SigLIP2-384__webli").contains("bn"))
        #expect(CrossmodalRecall.languages(of: "unknown").isEmpty)
    }
}
