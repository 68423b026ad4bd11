public import FoveaBackends
public import FoveaCore

/// Reads lines of text with a PP-OCR recognition model.
///
/// ```swift
/// let recognizer = try TextRecognizer(
///     session: session, characters: nil, pool: pool, maxBatchSize: 6)
/// let texts = try await recognizer.recognize(lines, in: image, minScore: 0.8)
/// ```
public struct TextRecognizer: Sendable {
    package let session: any ModelSession
    private let pool: BlockingPool
    private let input: PictureInput
    private let head: CTCHead
    private let alphabet: CTCAlphabet
    private let maxBatchSize: Int

    /// - Parameters:
    ///   - session: float32 or float16 `[batch, 3, 48, width]`, or uint8
    ///     `[batch, 48, width, 3]` for a graph that normalises its own input.
    ///     Gives probabilities `[batch, step, class]`, or such before softmax
    ///     as `ctc_logits`, or `[batch, step]` classes as `ctc_indices` with
    ///     their confidence. A batch and a width that the graph fixes are kept
    ///     to.
    ///   - characters: the dictionary, without blank and space; `nil` takes
    ///     the lines of the session's metadata `character`.
    ///   - pool: where pixels and probabilities are worked on.
    ///   - maxBatchSize: lines in one run, at most.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the session is none of
    ///   these, or the dictionary is missing or has another length than the
    ///   model's classes.
    public init(
        session: any ModelSession, characters: [String]?, pool: BlockingPool, maxBatchSize: Int
    ) throws {
        guard let dictionary = characters ?? session.metadata["character"].map(CTCAlphabet.lines) else {
            throw FoveaError(
                .modelInvalid,
                """
                The text recognition model has no dictionary: its file carries no "character" and no \
                charset.txt lies beside it. Install the model anew.
                """)
        }
        self.session = session
        self.pool = pool
        self.maxBatchSize = maxBatchSize
        input = try PictureInput(session.inputs, of: "text recognition")
        head = try CTCHead(session.outputs)
        alphabet = CTCAlphabet(dictionary: dictionary)
        if let classCount = head.classCount(session.outputs) { try alphabet.check(classCount: classCount) }
    }

    /// Reads the lines.
    ///
    /// - Parameters:
    ///   - lines: as the detector found them in `image`.
    ///   - minScore: a text is kept if it scores more, 0…1.
    /// - Returns: the texts kept, in the order of `lines`. A line whose corners
    ///   span no area inside the picture has none.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the model's outputs do not
    ///   fit its dictionary, and what the session throws.
    public func recognize(
        _ lines: [DetectedText], in image: PixelImage, minScore: Float
    ) async throws -> [RecognizedText] {
        let size = ImageSize(width: image.width, height: image.height)
        let crops = lines.map { LineCrop($0, in: size) }
        var texts = [RecognizedText?](repeating: nil, count: lines.count)
        let batches = LineBatch.batches(
            of: crops, for: input, maxSize: maxBatchSize, shapes: session.shapes)
        for batch in batches {
            for (line, steps) in try await read(batch, in: image) {
                let (text, score) = steps.decoded(alphabet)
                guard score > minScore else { continue }
                texts[line] = RecognizedText(line: lines[line], text: text, score: score)
            }
        }
        return texts.compactMap { $0 }
    }

    /// Shapes of the graph's input, all that ``recognize(_:in:minScore:)`` uses
    /// where each new one costs a compilation.
    ///
    /// - Parameter maxResolution: has no effect on lines, which all have the
    ///   same height.
    package func warmUpShapes(maxResolution: Int) -> [[Int]] {
        LineBatch.compiledShapes(of: input, maxSize: maxBatchSize)
            .map { input.shape(count: $0.count, canvas: $0.canvas) }
    }

    private func read(_ batch: LineBatch, in image: PixelImage) async throws -> [(line: Int, steps: CTCSteps)]
    {
        let shapes = session.shapes
        let (tensor, lines) = try await pool.run(.prepare) { [input] in
            let pictures = batch.pictures(from: image)
            // A line that turns out to have no picture must not make a new shape.
            let count = input.batch ?? (shapes == .few ? batch.lines.count : pictures.count)
            return (
                input.tensor(
                    pictures.map(\.picture), canvas: batch.canvas, count: count, scale: .paddleOCR),
                pictures.map(\.line)
            )
        }
        guard !lines.isEmpty else { return [] }
        let outputs = try await session.run([tensor])
        return try await pool.run(.finish) { [head, alphabet] in
            let steps = try head.steps(outputs, count: lines.count, alphabet: alphabet)
            return zip(lines, steps).map { ($0, $1) }
        }
    }
}
