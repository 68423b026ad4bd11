import Foundation

/// What the owner of a model says about it, in `fovea-model.json` in its folder.
///
/// ```json
/// {
///   "title": "Our own B/32",
///   "license": "MIT",
///   "languages": ["en", "de"],
///   "dimensions": 512,
///   "quality": { "measure": "recall, English", "percent": 71.5, "source": "our tests" },
///   "text": { "contextLength": 64, "clean": "canonicalize" },
///   "picture": { "size": 224, "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5], "resizeMode": "squash" }
/// }
/// ```
///
/// Every key may be left out, and none may be misspelt.
package struct ModelDescription: Sendable, Hashable {
    /// The file's name, in the model's folder.
    package static let fileName = "fovea-model.json"

    /// What people call the model.
    package var title: String?
    /// An SPDX identifier, or words.
    package var license: String?
    /// Codes such as `de` or `pt-BR`.
    package var languages: [String]?
    /// Numbers in an embedding, 1 to 65,536.
    package var dimensions: Int?
    package var quality: QualityFigure?
    /// Counts where there is no `config.json`.
    package var text: Text?
    /// Counts where there is no `preprocess_cfg.json`.
    package var picture: Picture?

    /// How texts are prepared.
    package struct Text: Sendable, Hashable {
        /// Tokens that the text tower takes, 1 to 65,536.
        package var contextLength: Int?
        /// `canonicalize`, as SigLIP has it, or nothing.
        package var clean: String?
    }

    /// How pictures are prepared.
    package struct Picture: Sendable, Hashable {
        /// Width and height, 1 to 8,192.
        package var size: Int
        /// Of each channel's values 0…1: red, green, blue.
        package var mean, std: [Double]
        package var interpolation: String?
        package var resizeMode: String?
    }

    package init() {}

    /// The bytes of the file that the description stands in for; `nil` where it
    /// says nothing of that.
    package func standIn(for file: ModelFile) throws -> [UInt8]? {
        switch file {
        case .configuration:
            guard let text else { return nil }
            return try Self.json(
                OpenCLIPConfiguration(
                    text_cfg: .init(
                        context_length: text.contextLength,
                        tokenizer_kwargs: text.clean.map { .init(clean: $0) })))
        case .preprocessing:
            guard let picture else { return nil }
            return try Self.json(
                OpenCLIPPreprocessing(
                    size: picture.size, mean: picture.mean, std: picture.std,
                    interpolation: picture.interpolation, resize_mode: picture.resizeMode))
        case .tokenizer, .tokenizerConfiguration, .charset: return nil
        }
    }

    private static func json(_ value: some Encodable) throws -> [UInt8] {
        [UInt8](try JSONEncoder().encode(value))
    }

    private struct OpenCLIPConfiguration: Encodable {
        var text_cfg: Tower

        struct Tower: Encodable {
            var context_length: Int?
            var tokenizer_kwargs: Arguments?
        }

        struct Arguments: Encodable { var clean: String }
    }

    private struct OpenCLIPPreprocessing: Encodable {
        var size: Int
        var mean, std: [Double]
        var interpolation, resize_mode: String?
    }
}
