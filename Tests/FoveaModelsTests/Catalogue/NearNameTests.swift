import FoveaCore
import FoveaModels
import Testing

@Suite struct NearNameTests {
    @Test(arguments: [
        ("", "", 0), ("kitten", "sitting", 3), ("abc", "acb", 1), ("abc", "", 3), ("flaw", "lawn", 2),
        // No part is edited twice: 3, where the unrestricted distance is 2.
        ("ca", "abc", 3),
    ])
    func distancesAreThoseOfTheBooks(one: String, other: String, distance: Int) {
        #expect(EditDistance.between(one, other, limit: 9) == distance)
        #expect(EditDistance.between(other, one, limit: 9) == distance)
        #expect(EditDistance.between(one, other, limit: distance) == distance)
        if distance > 0 { #expect(EditDistance.between(one, other, limit: distance - 1) == nil) }
    }

    @Test(arguments: [
        ("ViT-B-32_openai", "ViT-B-32__openai"), ("vit-b-32::openai", "ViT-B-32__openai"),
        ("ViT-B32__openai", "ViT-B-32__openai"), ("bufalo_l", "buffalo_l"), ("antelope", "antelopev2"),
        ("PP-OCRv5-mobile", "PP-OCRv5_mobile"), ("ViT-B-16-SigLIP2", "ViT-B-16-SigLIP2__webli"),
        ("ViT-SO400M-16-SigLip2-384__webil", "ViT-SO400M-16-SigLIP2-384__webli"),
    ])
    func namesThatPeopleMistypeAreFound(typed: String, meant: String) {
        #expect(Catalogue.suggestions(for: typed).first == meant)
    }

    @Test func nothingIsSuggestedForWhatIsNearNothing() {
        #expect(Catalogue.suggestions(for: "stable-diffusion-xl").isEmpty)
        #expect(Catalogue.suggestions(for: "").isEmpty)
        #expect(Catalogue.suggestions(for: "…").isEmpty)
        #expect(Catalogue.suggestions(for: String(repeating: "x", count: 100_000)).isEmpty)
    }

    @Test func suggestionsKeepToTheTaskAndTheLimit() {
        #expect(!Catalogue.suggestions(for: "bufalo_l", task: .clip).contains("buffalo_l"))
        #expect(Catalogue.suggestions(for: "ViT-B-32", task: .clip, limit: 2).count == 2)
    }

    @Test func whatIsInstalledIsSuggestedToo() {
        #expect(Catalogue.suggestions(for: "my_modle", others: ["my-model"]).first == "my-model")
    }
}
