import FoveaBackends
import FoveaCore
import FoveaImaging
import FoveaTasks

extension Kernel {
    /// What surrounds text detection and recognition.
    static let text = [
        Kernel("ocr/lines-of-a-page") { _ in
            let map = page()
            return { map.textLines(minScore: 0.5, in: KernelFiles.previewSize).count }
        },
        Kernel("ocr/line-crop") { files in
            let picture = try files.preview()
            // 700 pixels long and 40 high, slightly tilted.
            let corners = [(200, 300), (899, 321), (898, 361), (199, 340)].map { Point(x: $0.0, y: $0.1) }
            let line = DetectedText(corners: corners, score: 0.9)
            let crop = LineCrop(line, in: KernelFiles.previewSize)
            return { (crop?.pixels(of: picture)?.pixels.count ?? 0) / PixelImage.channels }
        },
        Kernel("ocr/ctc-decode") { _ in
            let output = TensorInfo(name: "softmax", elementType: .float32, shape: [nil, nil, classCount])
            let (head, alphabet) = (
                try CTCHead([output]), CTCAlphabet(dictionary: (0..<classCount - 2).map { _ in "x" })
            )
            let probabilities = line()
            return {
                try head.steps([probabilities], count: 1, alphabet: alphabet)
                    .reduce(0) { $0 + $1.decoded(alphabet).text.utf8.count }
            }
        },
    ]

    /// Lines of text that a page has, in two columns.
    package static let lineCount = 48
    /// Characters of a line, each over two steps and with a blank behind.
    package static let characterCount = 26
    /// Of PP-OCRv5's recognition models.
    private static let classCount = 18_385

    /// A detector's map of a page, as it is for a preview: 960 × 736 pixels.
    private static func page() -> ProbabilityMap {
        let (width, height) = (960, 736)
        var values = [Float](repeating: 0.02, count: width * height)
        for line in 0..<lineCount {
            let (left, top) = (line % 2 * 480 + 40, line / 2 * 30 + 12)
            for y in top..<(top + 10) {
                // Lines of different lengths.
                for x in left..<(left + 300 + line % 5 * 20) { values[y * width + x] = 0.85 }
            }
        }
        return ProbabilityMap(width: width, height: height, values: values)
    }

    /// A recogniser's probabilities for one line.
    private static func line() -> Tensor {
        let steps = characterCount * 3
        return Tensor(shape: [1, steps, classCount]) { (values: UnsafeMutableBufferPointer<Float>) in
            values.initialize(repeating: 0.000_01)
            for step in 0..<steps {
                let best = step % 3 == 2 ? CTCAlphabet.blank : step / 3 * 600 + 1
                values[step * classCount + best] = 0.8
            }
        }
    }
}
