import FoveaCore
import Foundation

/// How texts are prepared for a CLIP text tower.
public struct TextEncoderConfiguration: Sendable, Hashable {
    /// Tokens the tower takes: `text_cfg.context_length`.
    public let contextLength: Int
    /// Whether punctuation is dropped and letters are lowered:
    /// `text_cfg.tokenizer_kwargs.clean` is `canonicalize` (the SigLIP family).
    public let canonicalizes: Bool
    /// What shorter texts are filled up with: `pad_token`.
    public let padToken: String

    public init(contextLength: Int = 77, canonicalizes: Bool = false, padToken: String) {
        self.contextLength = contextLength
        self.canonicalizes = canonicalizes
        self.padToken = padToken
    }

    /// - Parameters:
    ///   - modelConfiguration: bytes of open_clip's `config.json`.
    ///   - tokenizerConfiguration: bytes of `tokenizer_config.json`.
    /// - Throws: ``FoveaError/Code/modelInvalid`` naming the file and what is
    ///   wrong with it.
    public init(modelConfiguration: [UInt8], tokenizerConfiguration: [UInt8]) throws {
        let model = try Self.decode(ModelFile.self, modelConfiguration, "config.json")
        let tokenizer = try Self.decode(TokenizerFile.self, tokenizerConfiguration, "tokenizer_config.json")
        let length = model.text_cfg?.context_length ?? 77
        guard 1...65_536 ~= length else {
            throw Self.refused("config.json", "has the context_length \(length): 1 to 65536 is needed")
        }
        self.init(
            contextLength: length,
            canonicalizes: model.text_cfg?.tokenizer_kwargs?.clean == "canonicalize",
            padToken: tokenizer.pad_token)
    }

    private static func decode<File: Decodable>(_ type: File.Type, _ json: [UInt8], _ name: String) throws
        -> File
    {
        do {
            return try JSONDecoder().decode(type, from: Data(json))
        } catch {
            throw refused(name, "cannot be used", cause: error)
        }
    }

    private static func refused(_ file: String, _ reason: String, cause: (any Error)? = nil) -> FoveaError {
        FoveaError(
            .modelInvalid, "The model's \(file) \(reason). Install the model's files again.", cause: cause)
    }

    private struct ModelFile: Decodable {
        var text_cfg: TextTower?
    }

    private struct TextTower: Decodable {
        var context_length: Int?
        var tokenizer_kwargs: TokenizerArguments?
    }

    private struct TokenizerArguments: Decodable {
        var clean: String?
    }

    private struct TokenizerFile: Decodable {
        var pad_token: String
    }
}
