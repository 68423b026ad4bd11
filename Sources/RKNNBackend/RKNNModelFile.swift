public import Foundation

/// Where models for Rockchip's NPU are in a model's folder: Immich's layout.
public enum RKNNModelFile {
    /// `<folder>/rknpu/<soc>/model.rknn`, and for text detectors that were
    /// converted for one size of pictures
    /// `<folder>/rknpu/<soc>/res<short side>/model.rknn`.
    ///
    /// - Parameters:
    ///   - folder: that of one part of a model: `…/ViT-B-32__openai/visual/`.
    ///   - ocrShortSide: in pixels; `nil` for models that do not have it in
    ///     their path.
    public static func path(in folder: URL, soc: SoC, ocrShortSide: Int? = nil) -> URL {
        let home = folder.appending(components: "rknpu", soc.rawValue)
        return (ocrShortSide.map { home.appending(component: "res\($0)") } ?? home)
            .appending(component: "model.rknn")
    }
}
