package import FoveaModels

/// How much memory a model will take, told before it is loaded.
package enum MemoryEstimate {
    /// What weights take for each byte in their file: engines keep them beside
    /// a copy in the layout that suits the processor. Measured with ONNX
    /// Runtime 1.31 on x86-64 at 1.1 to 1.7 for ViT-B/32 (351 MB).
    private static let weights = 1.5

    /// What runs keep between them for intermediate results. Measured at 120
    /// to 230 MB for text detection, text recognition and face detection.
    private static let workspace = 128 << 20

    /// - Parameter fileBytes: size of the graph and its weights.
    package static func bytes(fileBytes: Int) -> Int {
        Int((Double(fileBytes) * weights).rounded()) + workspace
    }

    package static func bytes(of model: InstalledModel) -> Int {
        bytes(fileBytes: model.graphByteCount)
    }
}
