import FoveaCore
import FoveaImaging
import FoveaTasks

extension Kernel {
    /// What surrounds face detection and recognition.
    static let faces = [
        Kernel("faces/letterbox-640") { files in
            let (picture, letterbox) = (try files.preview(), letterbox)
            return {
                picture.letterboxed(newSize: letterbox.content, canvas: letterbox.canvas).pixels.count
                    / PixelImage.channels
            }
        },
        Kernel("faces/normalise-640") { files in
            let letterbox = letterbox
            let canvas = try files.preview().letterboxed(newSize: letterbox.content, canvas: letterbox.canvas)
            let input = try input(side: side)
            let scale = PixelScale(mean: 127.5, deviation: 128)
            return { input.tensor([canvas], canvas: letterbox.canvas, count: 1, scale: scale).count }
        },
        Kernel("faces/anchors") { _ in
            let (layout, heads, canvas) = (try SCRFDLayout(outputCount: 9), heads(), letterbox.canvas)
            return {
                NonMaximumSuppression.kept(of: try layout.faces(in: heads, canvas: canvas, minScore: 0.7))
                    .count
            }
        },
        Kernel("faces/align-112") { files in
            let picture = try files.preview()
            // The template, turned by a few degrees and twice as large.
            let landmarks = FaceAlignment.template.map {
                Point(x: 500 + 2 * $0.x - 0.2 * $0.y, y: 300 + 2 * $0.y + 0.2 * $0.x)
            }
            let face = DetectedFace(
                box: Box(x1: 500, y1: 300, x2: 724, y2: 524), score: 0.9, landmarks: landmarks)
            return { FaceAlignment.crop(face, from: picture).pixels.count / PixelImage.channels }
        },
    ]

    private static let side = 640
    private static let letterbox = Letterbox(
        of: KernelFiles.previewSize, on: ImageSize(width: side, height: side))

    /// An SCRFD model's answer with three faces, each found by two anchors of a cell.
    private static func heads() -> [Tensor] {
        let strides = [8, 16, 32]
        let cells = strides.map { side / $0 * (side / $0) }
        func head(_ length: Int, _ value: (_ stride: Int, _ anchor: Int, _ index: Int) -> Float) -> [Tensor] {
            strides.indices.map { stride in
                let anchors = cells[stride] * 2
                return Tensor(
                    shape: [anchors, length],
                    (0..<anchors * length).map { value(stride, $0 / length, $0 % length) })
            }
        }
        let scores = head(1) { stride, anchor, _ in
            stride == 1 && [500, 1200, 2600].contains(anchor / 2 * 2) ? 0.9 : 0.1
        }
        return scores + head(4) { _, _, _ in 2 } + head(10) { _, _, index in Float(index % 3) - 1 }
    }
}
