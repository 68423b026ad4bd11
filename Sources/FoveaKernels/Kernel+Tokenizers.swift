import FoveaTokenizers

extension Kernel {
    /// A search, as people type them.
    static let tokenizers = [
        Kernel("tokenizer/byte-pair-clip") { files in try tokenizing(with: "clip-bpe", of: files, limit: 77)
        },
        Kernel("tokenizer/unigram-xlm-r") { files in
            try tokenizing(with: "xlmr-unigram", of: files, limit: 512)
        },
    ]

    package static let sentence = "a photograph of two children playing football on a beach at sunset"

    private static func tokenizing(with name: String, of files: KernelFiles, limit: Int) throws -> Call {
        let tokenizer = try Tokenizer(contentsOf: files.tokenizer(name))
        return { try tokenizer.encode(sentence, maxLength: limit).count }
    }
}
