import FoveaCore
import FoveaModels
import Testing

@Suite struct CatalogueTests {
    /// The dimensions that Immich's server has for its search models, typed from
    /// its table (`CLIP_MODEL_INFO`): its database refuses other lengths.
    static let dimensions: [Int: [String]] = [
        512: [
            "RN101__openai", "RN101__yfcc15m", "ViT-B-16__laion400m_e31", "ViT-B-16__laion400m_e32",
            "ViT-B-16__openai", "ViT-B-32__laion2b-s34b-b79k", "ViT-B-32__laion2b_e16",
            "ViT-B-32__laion400m_e31", "ViT-B-32__laion400m_e32", "ViT-B-32__openai",
            "XLM-Roberta-Base-ViT-B-32__laion5b_s13b_b90k", "XLM-Roberta-Large-Vit-B-32",
        ],
        640: [
            "RN50x4__openai", "ViT-B-16-plus-240__laion400m_e31", "ViT-B-16-plus-240__laion400m_e32",
            "XLM-Roberta-Large-Vit-B-16Plus",
        ],
        768: [
            "LABSE-Vit-L-14", "RN50x16__openai", "ViT-B-16-SigLIP__webli", "ViT-B-16-SigLIP-256__webli",
            "ViT-B-16-SigLIP-384__webli", "ViT-B-16-SigLIP-512__webli", "ViT-B-16-SigLIP-i18n-256__webli",
            "ViT-L-14-336__openai", "ViT-L-14-quickgelu__dfn2b", "ViT-L-14__laion2b-s32b-b82k",
            "ViT-L-14__laion400m_e31", "ViT-L-14__laion400m_e32", "ViT-L-14__openai",
            "XLM-Roberta-Large-Vit-L-14", "nllb-clip-base-siglip__mrl", "nllb-clip-base-siglip__v1",
            "ViT-B-16-SigLIP2__webli", "ViT-B-32-SigLIP2-256__webli",
        ],
        1024: [
            "RN50__cc12m", "RN50__openai", "RN50__yfcc15m", "RN50x64__openai",
            "ViT-H-14-378-quickgelu__dfn5b", "ViT-H-14-quickgelu__dfn5b", "ViT-H-14__laion2b-s32b-b79k",
            "ViT-L-16-SigLIP-256__webli", "ViT-L-16-SigLIP-384__webli", "ViT-g-14__laion2b-s12b-b42k",
            "XLM-Roberta-Large-ViT-H-14__frozen_laion5b_s13b_b90k", "ViT-L-16-SigLIP2-256__webli",
            "ViT-L-16-SigLIP2-384__webli", "ViT-L-16-SigLIP2-512__webli",
        ],
        1152: [
            "ViT-SO400M-14-SigLIP-384__webli", "nllb-clip-large-siglip__mrl", "nllb-clip-large-siglip__v1",
            "ViT-SO400M-14-SigLIP2__webli", "ViT-SO400M-14-SigLIP2-378__webli",
            "ViT-SO400M-16-SigLIP2-256__webli", "ViT-SO400M-16-SigLIP2-384__webli",
            "ViT-SO400M-16-SigLIP2-512__webli",
        ],
        1536: ["ViT-gopt-16-SigLIP2-256__webli", "ViT-gopt-16-SigLIP2-384__webli"],
    ]

    static let faces = ["antelopev2", "buffalo_s", "buffalo_m", "buffalo_l"]

    static let ocr = [
        "PP-OCRv5_server", "PP-OCRv5_mobile", "CH__PP-OCRv5_server", "CH__PP-OCRv5_mobile",
        "EL__PP-OCRv5_mobile", "EN__PP-OCRv5_mobile", "ESLAV__PP-OCRv5_mobile", "KOREAN__PP-OCRv5_mobile",
        "LATIN__PP-OCRv5_mobile", "TH__PP-OCRv5_mobile", "PP-OCRv6_tiny", "PP-OCRv6_small", "PP-OCRv6_medium",
    ]

    @Test func holdsWhatImmichKnowsAndNothingElse() {
        func names(_ task: ModelTask) -> [String] {
            Catalogue.models.filter { $0.task == task }.map(\.name).sorted()
        }
        #expect(names(.clip) == Self.dimensions.values.joined().sorted())
        #expect(names(.facialRecognition) == Self.faces.sorted())
        #expect(names(.ocr) == Self.ocr.sorted())
    }

    @Test(arguments: dimensions.keys.sorted()) func hasTheDimensions(_ count: Int) throws {
        for name in try #require(Self.dimensions[count]) {
            #expect(Catalogue.model(.clip, named: name)?.dimensions == count, "\(name)")
        }
    }

    @Test func facesHave512NumbersAndTextHasNone() {
        #expect(Self.faces.allSatisfy { Catalogue.model(.facialRecognition, named: $0)?.dimensions == 512 })
        #expect(Self.ocr.allSatisfy { Catalogue.model(.ocr, named: $0)?.dimensions == nil })
    }

    @Test func namesAreCleanAndThereIsOneOfEach() {
        let names = Catalogue.models.map(\.name)
        #expect(names.allSatisfy { ModelID.cleaned($0) == $0 })
        #expect(Set(names).count == names.count)
    }

    @Test func findsAModelByAnySpellingOfItsName() {
        #expect(Catalogue.model(.clip, named: "immich-app/ViT-B-32::openai")?.name == "ViT-B-32__openai")
        #expect(Catalogue.model(.ocr, named: "ViT-B-32__openai") == nil)
        #expect(Catalogue.model(named: "buffalo_l")?.task == .facialRecognition)
        #expect(Catalogue.model(named: "no-such-model") == nil)
    }

    /// Sizes of `visual/model.onnx` as the hub lists them, in megabytes.
    @Test(arguments: [
        ("ViT-B-32__openai", ModelType.visual, 351.0), ("ViT-B-16__openai", .visual, 345),
        ("ViT-L-14__laion2b-s32b-b82k", .visual, 1220), ("ViT-B-16-SigLIP-384__webli", .textual, 441),
    ])
    func fourBytesAWeightIsWhatIsPublished(name: String, type: ModelType, megabytes: Double) throws {
        let weights = try #require(Catalogue.model(.clip, named: name)?.millionWeights[type])
        #expect(abs(weights * 4 / megabytes - 1) < 0.005)
    }

    /// Whole models as float32, in gigabytes, as the hub lists their sources:
    /// timm/ViT-B-16-SigLIP2-512 (of the same towers but for 0.64 million
    /// positions) and visheratin/nllb-clip-large-siglip.
    @Test(arguments: [("ViT-B-16-SigLIP2__webli", 1.5), ("nllb-clip-large-siglip__v1", 4.78)])
    func bothPartsAddUp(name: String, gigabytes: Double) throws {
        let bytes = try #require(Catalogue.model(.clip, named: name)?.downloadBytes)
        #expect(abs(Double(bytes) / 1e9 / gigabytes - 1) < 0.005)
    }

    @Test func theFacePacksAreNotForGain() {
        for name in Self.faces {
            #expect(Catalogue.model(.facialRecognition, named: name)?.licence?.isNonCommercial == true)
        }
    }
}
