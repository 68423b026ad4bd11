import FoveaTokenizers

/// A word-level tokenizer: `<s>` 4, words, `</s>` 5; words it does not know are 2.
enum TinyTokenizer {
    static func make() throws -> Tokenizer {
        try Tokenizer(
            json: Array(
                """
                {"version": "1.0",
                 "added_tokens": [\(added("deu_Latn", 6)), \(added("eng_Latn", 7))],
                 "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": {
                   "type": "TemplateProcessing",
                   "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}},
                              {"Sequence": {"id": "A", "type_id": 0}},
                              {"SpecialToken": {"id": "</s>", "type_id": 0}}],
                   "pair": [],
                   "special_tokens": {"<s>": {"id": "<s>", "ids": [4], "tokens": ["<s>"]},
                                      "</s>": {"id": "</s>", "ids": [5], "tokens": ["</s>"]}}},
                 "model": {
                   "type": "WordLevel", "unk_token": "<unk>",
                   "vocab": {"a": 0, "dog": 1, "<unk>": 2, "<pad>": 3, "<s>": 4, "</s>": 5, "deu_Latn": 6,
                             "eng_Latn": 7, "A": 8, "dog!": 9}}}
                """.utf8))
    }

    private static func added(_ token: String, _ id: Int) -> String {
        """
        {"id": \(id), "content": "\(token)", "single_word": false, "lstrip": false, "rstrip": false, \
        "normalized": false, "special": true}
        """
    }
}
