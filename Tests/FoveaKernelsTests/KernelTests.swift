import Foundation
import FoveaKernels
import Testing

/// A kernel that does not do its work has good figures.
struct KernelTests {
    /// What each kernel makes of its input; known from how the input was made.
    private static let results = [
        "jpeg/whole": 1440 * 1080,
        "jpeg/partial": 1440 * 1080,
        "resample/bicubic-224": 224 * 224,
        "resample/bilinear-224": 224 * 224,
        "normalise/planar-224": 3 * 224 * 224,
        "faces/letterbox-640": 640 * 640,
        "faces/normalise-640": 3 * 640 * 640,
        // Three cells with both of their anchors alike.
        "faces/anchors": 3,
        "faces/align-112": 112 * 112,
        "ocr/lines-of-a-page": Kernel.lineCount,
        // √(699² + 21²) and √(1² + 40²), without their fractions.
        "ocr/line-crop": 699 * 40,
        "ocr/ctc-decode": Kernel.characterCount,
        // `clip-bpe` and `xlmr-unigram` with Hugging Face tokenizers 0.23.
        "tokenizer/byte-pair-clip": 14,
        "tokenizer/unigram-xlm-r": 15,
    ]

    private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("There is a result for every kernel")
    func everyKernelIsTested() {
        #expect(Kernel.all.map(\.name).sorted() == Self.results.keys.sorted())
    }

    @Test("Kernels do what is measured", arguments: results.sorted { $0.key < $1.key })
    func result(name: String, count: Int) throws {
        let tokenizers = FileManager.default.temporaryDirectory
            .appending(path: "fovea-kernels-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: tokenizers) }
        if name.hasPrefix("tokenizer/") { try unpack(to: tokenizers) }
        let kernel = try #require(Kernel.named(name))
        let call = try kernel.call(
            KernelFiles(photo: folder.appending(path: "Samples/coffee.jpg"), tokenizers: tokenizers))
        #expect(try call() == count)
        #expect(try call() == count)
    }

    private func unpack(to target: URL) throws {
        for name in ["clip-bpe", "xlmr-unigram"] {
            let packed = folder.appending(path: "Tests/Fixtures/tokenizers/\(name)/tokenizer.json.gz")
            let unpacked = target.appending(path: name)
            try FileManager.default.createDirectory(at: unpacked, withIntermediateDirectories: true)
            let gzip = Process()
            gzip.executableURL = URL(filePath: "/bin/gzip")
            gzip.arguments = ["-dc", packed.path]
            let pipe = Pipe()
            gzip.standardOutput = pipe
            try gzip.run()
            let json = try pipe.fileHandleForReading.readToEnd()
            gzip.waitUntilExit()
            try #require(json).write(to: unpacked.appending(path: "tokenizer.json"))
        }
    }
}
