import FoveaBackends
import FoveaCore
import FoveaImaging
import FoveaTasks

extension Kernel {
    /// What becomes of a preview on its way into a smart search model.
    static let pictures = [
        Kernel("jpeg/whole") { files in
            let file = try files.previewFile()
            return { try ImageDecoder().decode(file).pixels.count / PixelImage.channels }
        },
        Kernel("jpeg/partial") { files in
            let (file, preprocessing) = (try files.previewFile(), try clip())
            return {
                try ImageDecoder().decode(file, region: preprocessing.region(of:)).pixels.count
                    / PixelImage.channels
            }
        },
        Kernel("resample/bicubic-224") { files in
            let (picture, preprocessing) = (try files.preview(), try clip())
            return { preprocessing.square(picture).pixels.count / PixelImage.channels }
        },
        Kernel("resample/bilinear-224") { files in
            let picture = try files.preview()
            let (resized, crop) = (
                ImageSize(width: 298, height: 224), PixelRegion(x: 37, y: 0, width: 224, height: 224)
            )
            return {
                picture.resized(to: resized, filter: .bilinear, crop: crop).pixels.count
                    / PixelImage.channels
            }
        },
        Kernel("normalise/planar-224") { files in
            let preprocessing = try clip()
            let square = preprocessing.square(try files.preview())
            let (input, scale) = (try input(side: preprocessing.size), preprocessing.scale)
            let size = ImageSize(width: square.width, height: square.height)
            return { input.tensor([square], canvas: size, count: 1, scale: scale).count }
        },
    ]

    /// The `preprocess_cfg.json` of OpenAI's ViT-B/32.
    private static func clip() throws -> ImagePreprocessing {
        let json = """
            {"size": 224, "mean": [0.48145466, 0.4578275, 0.40821073], "std": [0.26862954, 0.26130258, 0.27577711], \
            "interpolation": "bicubic", "resize_mode": "shortest"}
            """
        return try ImagePreprocessing(json: Array(json.utf8))
    }

    /// Planes of float32 in a batch of one.
    static func input(side: Int) throws -> PictureInput {
        try PictureInput(
            [TensorInfo(name: "pixels", elementType: .float32, shape: [1, 3, side, side])], of: "measured")
    }
}
