public import Foundation
import FoveaCore

/// Makes token ids of text, as a Hugging Face `tokenizer.json` says.
///
/// The ids are those of Hugging Face's own tokenizers 0.23 with
/// `add_special_tokens=True`, for all components that CLIP, M-CLIP, SigLIP,
/// SigLIP 2, NLLB and LaBSE tokenizers are made of. For example:
///
/// ```swift
/// let tokenizer = try Tokenizer(contentsOf: folder.appending(path: "tokenizer.json"))
/// let ids = try tokenizer.encode("a photo of a cat", maxLength: 77)
/// ```
///
/// Loading takes time (0.3 s for the 250,000 tokens of XLM-R), encoding does
/// not; one tokenizer serves any number of threads.
public struct Tokenizer: Sendable {
    private let normalizers: [Normalizer]
    private let preTokenizers: [PreTokenizer]
    private let model: any TokenModel
    private let addedVocabulary: AddedVocabulary
    private let postProcessors: [PostProcessor]
    /// How many special tokens every text gets.
    private let specialCount: Int

    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: `FoveaError` with `.modelInvalid` where the file cannot be
    ///   read, is no tokenizer, or has a component that is not supported; it
    ///   names the file and the component.
    public init(contentsOf file: URL) throws {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw FoveaError(
                .modelInvalid,
                "Cannot read the tokenizer \(file.path): check that the file is there and may be read, or install the model again.",
                cause: error)
        }
        try self.init(json: [UInt8](data), source: "The tokenizer \(file.path)")
    }

    /// Reads the text of a `tokenizer.json`. Any bytes will do: what is not
    /// a tokenizer is an error.
    ///
    /// - Throws: `FoveaError` with `.modelInvalid`, naming the component.
    public init(json: [UInt8]) throws {
        try self.init(json: json, source: "The tokenizer")
    }

    private init(json: [UInt8], source: String) throws {
        do {
            try self.init(file: ComponentReader(try JSONDocument(json).root, "file"))
        } catch let fault as TokenizerFault {
            throw FoveaError(
                .modelInvalid,
                "\(source) cannot be used: its \(fault.component) \(fault.problem). "
                    + "Install the model again, or save its tokenizer with a current version of Hugging Face tokenizers."
            )
        }
    }

    private init(file: ComponentReader) throws {
        guard file.value.kind == .object else { throw file.fault("is not a JSON object") }
        if let version = file.value["version"], version.string != "1.0" {
            throw file.fault("has a version other than \"1.0\"")
        }
        func part(_ key: String) -> ComponentReader? {
            file.optional(key).map { ComponentReader($0, key) }
        }
        guard let model = part("model") else { throw file.fault("has no model") }
        normalizers = try part("normalizer").map(Normalizer.load) ?? []
        preTokenizers = try part("pre_tokenizer").map(PreTokenizer.load) ?? []
        postProcessors = try part("post_processor").map(PostProcessor.load) ?? []
        self.model = try ModelLoader.load(model)
        addedVocabulary = try AddedVocabulary(part("added_tokens"), self.model, normalizers)
        specialCount = postProcessors.reduce(0) { $0 + $1.addedCount }
        guard Self.process([], postProcessors) != nil else {
            throw TokenizerFault("post_processor", "asks for a second text")
        }
    }

    /// Makes token ids of a text, with special tokens.
    ///
    /// Padding and truncation settings of the file itself are not used.
    ///
    /// - Parameter maxLength: the most ids to return. A longer text loses
    ///   its end; special tokens stay. There are more only where several
    ///   post-processors follow each other, as with Hugging Face, which keeps
    ///   room for what each of them adds to a text alone.
    /// - Throws: `FoveaError` with `.invalidRequest` where `maxLength` has no
    ///   room for the special tokens, with `.modelInvalid` where the text
    ///   needs an unknown token that the file lacks, or where the file's
    ///   rules blow it up.
    public func encode(_ text: String, maxLength: Int? = nil) throws -> [Int] {
        if let maxLength, maxLength < specialCount {
            throw FoveaError(
                .invalidRequest,
                "Cannot cut the text to \(maxLength) tokens: the tokenizer's special tokens alone are \(specialCount). Ask for more."
            )
        }
        do {
            let ids = try content(of: text, limit: (maxLength ?? .max) - specialCount)
            return (Self.process(ids, postProcessors) ?? ids).map(Int.init)
        } catch let fault as TokenizerFault {
            throw FoveaError(
                .modelInvalid,
                "The tokenizer cannot be used for this text: its \(fault.component) \(fault.problem). "
                    + "Use another text, or install the model again.")
        }
    }

    /// A token's id, or `nil` where it is in neither the added tokens nor
    /// the model's vocabulary.
    public func id(of token: String) -> Int? {
        let bytes = Array(token.utf8)
        return (addedVocabulary.id(of: bytes) ?? model.id(of: bytes)).map(Int.init)
    }

    /// The first `limit` ids without special tokens.
    private func content(of text: String, limit: Int) throws -> [UInt32] {
        var ids: [UInt32] = []
        let input = TextPiece(input: text.unicodeScalars)
        for segment in try addedVocabulary.extract(from: input, normalizers) {
            if ids.count >= limit { break }
            switch segment {
            case .token(let id): ids.append(id)
            case .text(let piece): try tokenize(piece, from: 0, into: &ids, limit)
            }
        }
        if ids.count > limit { ids.removeLast(ids.count - limit) }
        return ids
    }

    /// Takes a piece through the pre-tokenizers from `step` on, and through
    /// the model, until there are `limit` ids.
    private func tokenize(
        _ piece: TextPiece, from step: Int, into ids: inout [UInt32], _ limit: Int
    ) throws {
        guard step < preTokenizers.count else { return try model.tokenize(piece, into: &ids) }
        for part in try preTokenizers[step].apply(to: piece) {
            try tokenize(part, from: step + 1, into: &ids, limit)
            if ids.count >= limit { return }
        }
    }

    private static func process(_ ids: [UInt32], _ processors: [PostProcessor]) -> [UInt32]? {
        var parts = [ids]
        for processor in processors {
            guard let next = processor.apply(to: parts) else { return nil }
            parts = next
        }
        return parts.flatMap(\.self)
    }
}
