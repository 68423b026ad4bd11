import FoveaCore

/// InsightFace's packs, of which two models each are used: an SCRFD detector and
/// an ArcFace recogniser.
enum FacePacks {
    /// Sizes are those of the two files on the hubs that carry the packs.
    static let all: [CatalogueModel] = [
        pack("antelopev2", "SCRFD-10GF, ResNet100@Glint360K", mrAll: 90.66, hard: 82.80, bytes: 278_000_000),
        pack(
            "buffalo_l", "SCRFD-10GF, ResNet50@WebFace600K", mrAll: 91.25, hard: 82.80, bytes: 191_000_000,
            note: "Immich's default"),
        pack("buffalo_m", "SCRFD-2.5GF, ResNet50@WebFace600K", mrAll: 91.25, hard: 77.13, bytes: nil),
        pack(
            "buffalo_s", "SCRFD-500MF, MobileFaceNet@WebFace600K", mrAll: 71.87, hard: 69.49,
            bytes: 16_100_000),
    ]

    private static func pack(
        _ name: String, _ models: String, mrAll: Double, hard: Double, bytes: Int?, note: String? = nil
    ) -> CatalogueModel {
        let source = "InsightFace's model zoo"
        return CatalogueModel(
            name, .facialRecognition, family: "InsightFace: \(models)", dimensions: 512, pictureSize: 640,
            licence: .insightFace,
            quality: [
                QualityFigure("recognition, MR-ALL", mrAll, source: source),
                QualityFigure("detection, WIDER FACE hard", hard, source: source),
            ],
            downloadBytes: bytes, note: note)
    }
}
