package import FoveaCore

/// What is known of a model by its name, whether or not it is installed.
///
/// All of it is published by somebody else, and says by whom; what nobody
/// published is `nil`, and is not guessed at.
package struct CatalogueModel: Sendable, Hashable {
    /// The cleaned name, which is also the folder's.
    package var name: String
    package var task: ModelTask
    /// Who made it, or what it is a member of: `SigLIP 2`.
    package var family: String
    /// Numbers in an embedding; `nil` for OCR, which has none.
    package var dimensions: Int?
    /// Width and height that pictures are brought to, in pixels: by the image
    /// tower, or by the detector. `nil` where they keep their shape.
    package var pictureSize: Int?
    package var tokenizer: TokenizerKind?
    /// Tokens that the text tower takes.
    package var contextLength: Int?
    package var licence: Licence?
    /// Weights, in millions, by part. An export as float32 takes four bytes for each.
    package var millionWeights: [ModelType: Double]
    /// About what is fetched for ``ModelTask/types`` together, in bytes: float32
    /// weights, or the sizes that hubs list. Without other formats' copies.
    package var downloadBytes: Int?
    /// The most memory that Immich's measurement took, both parts in one
    /// process, in MiB.
    package var memoryMiB: Int?
    /// What a picture took in the image tower in Immich's measurement, by which
    /// models compare. Times on other machines keep to it better than to the number
    /// of operations: ViT-L/14 took some 11 times what ViT-B/32 did on two cores of
    /// an x86 server, 8.8 times in Immich's figures, and has 18.4 times the operations.
    package var milliseconds: Double?
    /// Floating-point operations of the image tower for one picture, in billions.
    package var gigaflops: Double?
    /// What is known of how good it is, the figure that tells most first.
    package var quality: [QualityFigure]
    /// Languages it was made for, as codes; empty where nobody says, or where
    /// language has no part in it. For search, ``recall`` tells how well it does.
    package var languages: [String]
    /// Formats seen on Immich's pages. Others may be there: who lists them does
    /// not say that there are no more.
    package var formats: Set<ModelFormat>
    /// For people: what there is to know before choosing it.
    package var note: String?

    /// - Parameter name: in its cleaned form.
    init(
        _ name: String, _ task: ModelTask, family: String, dimensions: Int? = nil, pictureSize: Int? = nil,
        licence: Licence?, languages: [String] = [], quality: [QualityFigure] = [],
        downloadBytes: Int? = nil, formats: Set<ModelFormat> = [.onnx], note: String? = nil
    ) {
        self.name = name
        self.task = task
        self.family = family
        self.dimensions = dimensions
        self.pictureSize = pictureSize
        self.licence = licence
        self.languages = languages
        self.quality = quality
        self.downloadBytes = downloadBytes
        self.formats = formats
        self.note = note
        millionWeights = [:]
    }

    /// The page that its files are published on.
    package var page: String {
        switch task {
        case .clip, .facialRecognition: "https://huggingface.co/immich-app/\(name)"
        case .ocr: "https://github.com/PaddlePaddle/PaddleOCR"
        }
    }

    /// How often a search finds the picture it describes, by language; empty
    /// where nobody measured.
    package var recall: [String: Double] { task == .clip ? CrossmodalRecall.ofModels[name] ?? [:] : [:] }
}

/// What turns texts into tokens.
package enum TokenizerKind: String, Sendable, Hashable, Codable {
    /// CLIP's own byte-pair encoding, 49,408 tokens, made for English.
    case clip = "CLIP BPE"
    /// SigLIP's T5 vocabulary: SentencePiece, 32,000 tokens.
    case t5 = "SentencePiece 32k"
    /// mT5's vocabulary: SentencePiece, 250,000 tokens.
    case mt5 = "SentencePiece 250k"
    /// Gemma's vocabulary: 256,000 tokens.
    case gemma = "Gemma 256k"
    case xlmRoberta = "XLM-RoBERTa SentencePiece"
    case nllb = "NLLB SentencePiece"
    /// LaBSE's WordPiece.
    case wordPiece = "WordPiece"
}

/// A form that a model's graph is published in.
package enum ModelFormat: String, Sendable, Hashable, CaseIterable, Codable {
    case onnx, armnn, rknn
}

/// One published figure of quality.
package struct QualityFigure: Sendable, Hashable, Codable {
    /// What was measured, on what: `MR-ALL`.
    package var measure: String
    /// In percent.
    package var percent: Double
    /// Who says so.
    package var source: String

    package init(_ measure: String, _ percent: Double, source: String) {
        self.measure = measure
        self.percent = percent
        self.source = source
    }
}
