import FoveaBackends
import FoveaCore
import FoveaTasks
import FoveaTesting
import Synchronization
import Testing

@Suite struct CLIPTextEncoderTests {
    private let pool = BlockingPool(name: "test", width: 1)

    private func info(_ name: String, _ type: ElementType = .int32, _ shape: [Int?] = [1, nil]) -> TensorInfo
    {
        TensorInfo(name: name, elementType: type, shape: shape)
    }

    private func session(_ inputs: TensorInfo...) -> FakeSession {
        FakeSession(
            inputs: inputs, outputs: [TensorInfo(name: "embedding", elementType: .float32, shape: [1, 2])]
        ) { _ in [Tensor(shape: [1, 2], [0.6, 0.8] as [Float])] }
    }

    private func encoder(
        _ session: FakeSession, length: Int = 6, canonicalizes: Bool = false, padToken: String = "<pad>",
        model: String = "ViT-B-32__openai", warnings: Warnings = Warnings()
    ) throws -> CLIPTextEncoder {
        try CLIPTextEncoder(
            session: session, tokenizer: TinyTokenizer.make(),
            configuration: TextEncoderConfiguration(
                contextLength: length, canonicalizes: canonicalizes, padToken: padToken),
            modelName: model, pool: pool, warn: { warnings.add($0) })
    }

    private final class Warnings: Sendable {
        private let texts = Mutex<[String]>([])
        func add(_ text: String) { texts.withLock { $0.append(text) } }
        var all: [String] { texts.withLock { $0 } }
    }

    private func ids(_ encoder: CLIPTextEncoder, _ text: String, language: String? = nil) throws -> [Int32] {
        let tensors = try encoder.prepare(text, language: language)
        return try #require(tensors.first).withElements(as: Int32.self) { Array($0) }
    }

    @Test func shortTextsArePaddedOnTheRight() throws {
        let encoder = try encoder(session(info("text")))
        let tensors = try encoder.prepare("a dog", language: nil)
        #expect(tensors.map(\.shape) == [[1, 6]])
        #expect(try ids(encoder, "a dog") == [4, 0, 1, 5, 3, 3])
        #expect(try ids(encoder, "a  cat\n") == [4, 0, 2, 5, 3, 3])
        #expect(try ids(encoder, "") == [4, 5, 3, 3, 3, 3])
    }

    @Test func longTextsAreCutAndKeepTheirEnd() throws {
        let encoder = try encoder(session(info("text")), length: 4)
        #expect(try ids(encoder, "a dog") == [4, 0, 1, 5])
        #expect(try ids(encoder, "dog a dog a dog a") == [4, 1, 0, 5])
    }

    /// OpenAI's models are padded with 0, which is a word as well.
    @Test func paddingIsTheFilesToken() throws {
        #expect(try ids(encoder(session(info("text")), padToken: "a"), "dog") == [4, 1, 5, 0, 0, 0])
    }

    @Test func wideGraphsGetWideIds() throws {
        let tensors = try encoder(session(info("text", .int64))).prepare("a dog", language: nil)
        #expect(tensors.map(\.elementType) == [.int64])
        #expect(try tensors[0].withElements(as: Int64.self) { Array($0) } == [4, 0, 1, 5, 3, 3])
    }

    /// M-CLIP. Inputs go by position, so the graph's order counts.
    @Test func masksShowWhatIsText() throws {
        let session = session(info("attention_mask", .int64, [nil, nil]), info("input_ids", .int32, [1, 6]))
        let tensors = try encoder(session).prepare("a dog", language: nil)
        #expect(tensors.map(\.shape) == [[1, 6], [1, 6]])
        #expect(try tensors[0].withElements(as: Int64.self) { Array($0) } == [1, 1, 1, 1, 0, 0])
        #expect(try tensors[1].withElements(as: Int32.self) { Array($0) } == [4, 0, 1, 5, 3, 3])
    }

    @Test func aFullTextHasNoGapsInItsMask() throws {
        let session = session(info("input_ids"), info("attention_mask"))
        let tensors = try encoder(session, length: 3).prepare("dog dog dog", language: nil)
        #expect(try tensors[0].withElements(as: Int32.self) { Array($0) } == [4, 1, 5])
        #expect(try tensors[1].withElements(as: Int32.self) { Array($0) } == [1, 1, 1])
    }

    @Test func textsAreCanonicalizedWhereTheModelAsksForIt() throws {
        #expect(try ids(encoder(session(info("text"))), "A dog!") == [4, 8, 9, 5, 3, 3])
        #expect(try ids(encoder(session(info("text")), canonicalizes: true), "A dog!") == [4, 0, 1, 5, 3, 3])
    }

    /// The code stands directly before the text and is no part of its cleaning.
    @Test(arguments: [false, true])
    func nllbModelsAreToldTheLanguage(canonicalizes: Bool) throws {
        let warnings = Warnings()
        let encoder = try encoder(
            session(info("text")), canonicalizes: canonicalizes, model: "nllb-clip-base-siglip__v1",
            warnings: warnings)
        #expect(try ids(encoder, "a dog", language: "de") == [4, 6, 0, 1, 5, 3])
        #expect(try ids(encoder, "  a dog", language: "de-AT") == [4, 6, 0, 1, 5, 3])
        #expect(try ids(encoder, "a dog", language: nil) == [4, 0, 1, 5, 3, 3])
        #expect(warnings.all.isEmpty)
    }

    @Test func anUnknownLanguageIsEnglishAndWarnedOf() throws {
        let warnings = Warnings()
        let encoder = try encoder(
            session(info("text")), model: "nllb-clip-large-siglip__mrl", warnings: warnings)
        #expect(try ids(encoder, "a dog", language: "tlh") == [4, 7, 0, 1, 5, 3])
        // The documented text, which users look for in the log.
        #expect(warnings.all == ["Language 'tlh' not found, defaulting to 'en'"])
    }

    @Test(arguments: ["ViT-B-32__openai", "XLM-Roberta-Large-Vit-B-32", "my-nllb"])
    func otherModelsAreNotToldTheLanguage(model: String) throws {
        let warnings = Warnings()
        let encoder = try encoder(session(info("text")), model: model, warnings: warnings)
        for language in ["de", "tlh"] {
            #expect(try ids(encoder, "a dog", language: language) == [4, 0, 1, 5, 3, 3])
        }
        #expect(warnings.all.isEmpty)
    }

    @Test func theEmbeddingIsTheGraphs() async throws {
        #expect(try await encoder(session(info("text"))).embed("a dog", language: nil) == [0.6, 0.8])
    }

    @Test func otherModelsAreRefused() {
        let others = [
            session(), session(info("attention_mask")), session(info("a"), info("b")),
            session(info("text", .float32)), session(info("text", .int32, [nil])),
            session(info("text", .int32, [1, nil, 1])), session(info("text", .int32, [2, nil])),
            session(info("input_ids"), info("attention_mask", .bool)),
            // Made for texts of another length.
            session(info("text", .int32, [1, 77])),
        ]
        for session in others {
            #expect { try encoder(session) } throws: { ($0 as? FoveaError)?.code == .modelInvalid }
        }
        let error = #expect(throws: FoveaError.self) {
            try encoder(session(info("text")), padToken: "<absent>")
        }
        #expect(error?.code == .modelInvalid && error?.message.contains("'<absent>'") == true)
    }

    @Test func noAnswerIsRefused() async throws {
        let silent = FakeSession(inputs: [info("text")], outputs: []) { _ in [] }
        await #expect { try await encoder(silent).embed("a", language: nil) } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }
}
