import FoveaCore
import FoveaEngine
import FoveaTesting
import Logging
import Synchronization
import Testing

/// Text towers whose embedding is the input itself, so that it shows what the
/// graph was given.
@Suite struct TinyTextTowerTests {
    /// Inputs as floats, one after the other.
    private func tower(_ inputs: String..., type: ONNXModel.DataType = .int32) -> ONNXModel {
        ONNXModel(
            inputs: inputs.map { .init($0, type, [1, "length"]) },
            outputs: [.init("embedding", .float32, [1, "n"])],
            nodes: inputs.map { .cast($0, as: .float32, to: "\($0) values") } + [
                .init("Concat", inputs.map { "\($0) values" }, ["embedding"], ["axis": 1])
            ])
    }

    /// `<s>` 1 … `</s>` 2, `<pad>` 3, others 0; two codes of languages are tokens.
    private static let tokenizer = """
        {"version": "1.0",
         "added_tokens": [
           {"id": 6, "content": "deu_Latn", "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true},
           {"id": 7, "content": "eng_Latn", "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true}],
         "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": {
           "type": "TemplateProcessing",
           "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                      {"SpecialToken": {"id": "</s>", "type_id": 0}}],
           "pair": [],
           "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]},
                              "</s>": {"id": "</s>", "ids": [2], "tokens": ["</s>"]}}},
         "model": {"type": "WordLevel", "unk_token": "<unk>",
                   "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "<pad>": 3, "dogs": 4, "Dogs": 5,
                             "deu_Latn": 6, "eng_Latn": 7, "Dog's": 8}}}
        """

    private func embed(
        _ text: String, language: String? = nil, model: String, _ graph: ONNXModel,
        configuration: String = #"{"text_cfg":{"context_length":6}}"#, log: Log = Log()
    ) async throws -> [Float]? {
        var cache = TinyCache()
        cache.add(
            ModelID(.clip, .textual, name: model), graph,
            ["tokenizer.json": Self.tokenizer, "tokenizer_config.json": #"{"pad_token":"<pad>"}"#])
        cache.addConfiguration(.clip, model, configuration)
        let logger = Logger(label: "test") { _ in Log.Handler(log: log) }
        return try await cache.answer(
            .text(text), .clipTextual(model: model, language: language), logger: logger
        ).embedding
    }

    @Test func clipGraphsGetPaddedIds() async throws {
        #expect(
            try await embed("  Dogs\n dogs ", model: "ViT-B-32__openai", tower("text")) == [1, 5, 4, 2, 3, 3])
    }

    @Test func theUsualLengthIs77() async throws {
        let values = try await embed("dogs", model: "ViT-B-32__openai", tower("text"), configuration: "{}")
        #expect(values == [1, 4, 2] + [Float](repeating: 3, count: 74))
    }

    @Test(arguments: [ONNXModel.DataType.int32, .int64])
    func multilingualClipGraphsGetAMask(type: ONNXModel.DataType) async throws {
        let graph = tower("input_ids", "attention_mask", type: type)
        let values = try await embed("dogs dogs", model: "XLM-Roberta-Large-Vit-B-32", graph)
        #expect(values == [1, 4, 4, 2, 3, 3, 1, 1, 1, 1, 0, 0])
    }

    @Test func longTextsAreCut() async throws {
        let graph = tower("input_ids", "attention_mask")
        let values = try await embed(
            "dogs Dogs dogs Dogs dogs Dogs", model: "LABSE-Vit-L-14", graph,
            configuration: #"{"text_cfg":{"context_length":4}}"#)
        #expect(values == [1, 4, 5, 2, 1, 1, 1, 1])
    }

    @Test(arguments: [("de", 6), ("de-CH", 6), ("en", 7)] as [(String, Float)])
    func nllbGraphsGetTheLanguage(language: String, code: Float) async throws {
        let log = Log()
        let values = try await embed(
            "dogs", language: language, model: "nllb-clip-base-siglip__v1", tower("text"), log: log)
        #expect(values == [1, code, 4, 2, 3, 3])
        #expect(log.warnings.isEmpty)
    }

    @Test func anUnknownLanguageIsWarnedOf() async throws {
        let log = Log()
        let values = try await embed(
            "dogs", language: "xx", model: "nllb-clip-base-siglip__v1", tower("text"), log: log)
        #expect(values == [1, 7, 4, 2, 3, 3])
        #expect(log.warnings == ["Language 'xx' not found, defaulting to 'en'"])
    }

    @Test func otherGraphsGetNoLanguage() async throws {
        let values = try await embed("dogs", language: "de", model: "ViT-B-32__openai", tower("text"))
        #expect(values == [1, 4, 2, 3, 3, 3])
    }

    /// `Dog's` is a word of the tokenizer; canonicalised it is `dogs`.
    @Test func siglipTextsAreCanonicalized() async throws {
        let clean = #"{"text_cfg":{"context_length":4,"tokenizer_kwargs":{"clean":"canonicalize"}}}"#
        let model = "ViT-B-16-SigLIP__webli"
        #expect(
            try await embed("Dog's", model: model, tower("text", type: .int64), configuration: clean)
                == [1, 4, 2, 3])
        #expect(
            try await embed(
                "Dog's", model: model, tower("text"), configuration: #"{"text_cfg":{"context_length":4}}"#)
                == [1, 8, 2, 3])
    }

    /// Remembers warnings.
    private final class Log: Sendable {
        private let texts = Mutex<[String]>([])
        var warnings: [String] { texts.withLock { $0 } }

        struct Handler: LogHandler {
            let log: Log
            var metadata: Logger.Metadata = [:]
            var logLevel = Logger.Level.warning

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                log.texts.withLock { $0.append("\(event.message)") }
            }
        }
    }
}
