import FoveaCore
import FoveaTasks
import Testing

@Suite struct TextEncoderConfigurationTests {
    private func read(
        _ model: String, _ tokenizer: String = #"{"pad_token":"<pad>"}"#
    ) throws -> TextEncoderConfiguration {
        try TextEncoderConfiguration(
            modelConfiguration: Array(model.utf8), tokenizerConfiguration: Array(tokenizer.utf8))
    }

    /// As open_clip and transformers write them.
    @Test func wholeFilesAreRead() throws {
        let configuration = try read(
            """
            {"embed_dim": 768, "init_logit_bias": -10, "custom_text": true,
             "vision_cfg": {"image_size": 256, "timm_model_name": "vit_base_patch16_siglip_256"},
             "text_cfg": {"context_length": 64, "vocab_size": 32000, "tokenizer_kwargs": {"clean": "canonicalize"},
                          "width": 768, "no_causal_mask": true, "proj_bias": true}}
            """,
            #"{"tokenizer_class":"T5Tokenizer","pad_token":"</s>","extra_ids":0,"added_tokens_decoder":{}}"#)
        #expect(
            configuration
                == TextEncoderConfiguration(contextLength: 64, canonicalizes: true, padToken: "</s>"))
    }

    @Test(arguments: [
        "{}", #"{"text_cfg":{}}"#, #"{"text_cfg":null}"#, #"{"text_cfg":{"tokenizer_kwargs":{}}}"#,
    ])
    func whatIsLeftOutIsTheUsual(model: String) throws {
        let configuration = try read(model)
        #expect(configuration.contextLength == 77)
        #expect(!configuration.canonicalizes)
        #expect(configuration.padToken == "<pad>")
    }

    @Test(arguments: ["whitespace", "lower", "", "Canonicalize"])
    func otherCleaningsChangeNothing(clean: String) throws {
        #expect(try !read(#"{"text_cfg":{"tokenizer_kwargs":{"clean":"\#(clean)"}}}"#).canonicalizes)
    }

    @Test(arguments: [
        "", "[]", "{", #"{"text_cfg":3}"#, #"{"text_cfg":{"context_length":"77"}}"#,
        #"{"text_cfg":{"context_length":0}}"#, #"{"text_cfg":{"context_length":-1}}"#,
        #"{"text_cfg":{"context_length":65537}}"#, #"{"text_cfg":{"context_length":7.5}}"#,
    ])
    func aBadModelFileIsNamed(model: String) {
        let error = #expect(throws: FoveaError.self) { try read(model) }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("The model's config.json") == true)
    }

    /// The padding token must be there, as a plain text.
    @Test(arguments: ["", "{}", "null", #"{"pad_token":null}"#, #"{"pad_token":{"content":"<pad>"}}"#])
    func aBadTokenizerFileIsNamed(tokenizer: String) {
        let error = #expect(throws: FoveaError.self) { try read("{}", tokenizer) }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("tokenizer_config.json") == true)
    }
}
