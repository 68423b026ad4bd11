public import FoveaBackends
public import FoveaCore
public import FoveaTokenizers

/// Turns texts into embeddings with a CLIP text tower.
///
/// ```swift
/// let encoder = try CLIPTextEncoder(
///     session: session, tokenizer: tokenizer, configuration: configuration,
///     modelName: "ViT-B-32__openai", pool: pool)
/// let embedding = try await encoder.embed("a red bicycle", language: nil)
/// ```
public struct CLIPTextEncoder: Sendable {
    package let session: any ModelSession
    private let tokenizer: Tokenizer
    private let configuration: TextEncoderConfiguration
    private let pad: Int
    /// NLLB models are told the language of a text by a code before it.
    private let takesLanguage: Bool
    private let warn: @Sendable (String) -> Void
    private let pool: BlockingPool

    /// - Parameters:
    ///   - session: int32 or int64 `[1, length]` token ids; a second input
    ///     named `attention_mask` for M-CLIP models. Gives `[1, dimensions]`,
    ///     normalised by the graph.
    ///   - modelName: NLLB models are known by it.
    ///   - pool: where texts are worked on.
    ///   - warn: is told about a language that is not known.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of
    ///   these, takes another number of tokens than the configuration says, or
    ///   the padding token is not in the vocabulary.
    public init(
        session: any ModelSession, tokenizer: Tokenizer, configuration: TextEncoderConfiguration,
        modelName: String, pool: BlockingPool, warn: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        guard let pad = tokenizer.id(of: configuration.padToken) else {
            throw FoveaError(
                .modelInvalid,
                """
                The padding token '\(configuration.padToken)' of tokenizer_config.json is not in tokenizer.json: \
                install the files that belong together.
                """)
        }
        let isText = session.inputs.allSatisfy {
            [.int32, .int64].contains($0.elementType) && $0.shape.count == 2
        }
        let ids = session.inputs.filter { $0.name != Self.maskName }
        guard isText, ids.count == 1, session.inputs.allSatisfy({ $0.shape[0] ?? 1 == 1 }) else {
            let inputs = session.inputs.map { "\($0.name): \($0.description)" }.joined(separator: ", ")
            throw FoveaError(
                .modelInvalid,
                """
                The smart search text model takes (\(inputs)) instead of one row of token ids: install the \
                model.onnx that belongs to it.
                """)
        }
        let length = configuration.contextLength
        if let fixed = session.inputs.compactMap({ $0.shape[1] }).first(where: { $0 != length }) {
            throw FoveaError(
                .modelInvalid,
                """
                The smart search text model takes \(fixed) tokens, but the model's config.json has the \
                context_length \(length): install the files that belong together.
                """)
        }
        self.session = session
        self.tokenizer = tokenizer
        self.configuration = configuration
        self.pad = pad
        self.warn = warn
        self.pool = pool
        takesLanguage = modelName.hasPrefix("nllb")
    }

    /// The text's embedding, as the graph gives it.
    ///
    /// - Parameter language: a code such as `de` or `pt-BR`; used by NLLB
    ///   models only.
    /// - Throws: what tokenizer and session throw.
    public func embed(_ text: String, language: String?) async throws -> [Float] {
        let tensors = try await pool.run(.prepare) { try prepare(text, language: language) }
        return try finish(try await session.run(tensors))
    }

    /// One tensor for each of the session's inputs.
    package func prepare(_ text: String, language: String?) throws -> [Tensor] {
        let length = configuration.contextLength
        let ids = try tokenizer.encode(cleaned(text, language: language), maxLength: length).prefix(length)
        let padding = [Int](repeating: pad, count: length - ids.count)
        let mask = (0..<length).map { $0 < ids.count ? 1 : 0 }
        return session.inputs.map { input in
            let values = input.name == Self.maskName ? mask : ids + padding
            return input.elementType == .int64
                ? Tensor(shape: [1, length], values.map(Int64.init))
                : Tensor(shape: [1, length], values.map { Int32(truncatingIfNeeded: $0) })
        }
    }

    package func finish(_ outputs: [Tensor]) throws -> [Float] {
        guard let output = outputs.first else {
            throw FoveaError(.modelInvalid, "The smart search text model has no output.")
        }
        return try output.rows(1, of: "smart search text")[0]
    }

    private func cleaned(_ text: String, language: String?) -> String {
        let text = TextCleaning.clean(text, canonicalizes: configuration.canonicalizes)
        guard takesLanguage, let language else { return text }
        guard let code = FloresLanguage.code(for: language) else {
            warn("Language '\(language)' not found, defaulting to 'en'")
            return FloresLanguage.fallback + text
        }
        return code + text
    }

    private static let maskName = "attention_mask"
}
