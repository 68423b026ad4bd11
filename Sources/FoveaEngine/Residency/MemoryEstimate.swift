package import FoveaCore
package import FoveaModels

/// How much memory a model will take, told before it is loaded.
package enum MemoryEstimate {
    /// What weights take for each byte in their file: engines keep them in the
    /// layout that suits the processor, some beside a copy. Measured with ONNX
    /// Runtime 1.31 on x86-64: 1.1 to 1.7 for ViT-B/32 (351 MB).
    private static let weights = 1.5

    /// What runs keep between them for intermediate results. Measured on the
    /// same: 120 to 230 MB for text detection, text recognition and face
    /// detection on large pictures, next to nothing for a row of token ids.
    private static func workspace(_ type: ModelType) -> Int {
        type == .textual ? 16 << 20 : 128 << 20
    }

    /// - Parameter fileBytes: size of the graph and its weights.
    package static func bytes(fileBytes: Int, type: ModelType) -> Int {
        Int((Double(fileBytes) * weights).rounded()) + workspace(type)
    }

    package static func bytes(of model: InstalledModel) -> Int {
        bytes(fileBytes: model.graphByteCount, type: model.id.type)
    }
}
