import Foundation

/// A model as ONNX Runtime laid it out for this processor: the optimised graph,
/// and beside it a file of weights in the order in which the kernels read them.
///
/// Such a file is mapped, not read: it loads in a third of the time, its memory
/// is shared between processes, and the system may take it back at any time.
/// Measured on ViT-B/32's image tower: 181 ms instead of 654, and a worker with
/// nothing else has 23 MiB of memory of its own.
struct PackedModel: Sendable, Hashable {
    let folder: URL

    /// The optimised graph.
    var graph: URL { folder.appending(component: "model.onnx") }
    /// The name of the file of weights, which the graph refers to.
    static let weightsName = "weights.bin"
    var weights: URL { folder.appending(component: Self.weightsName) }
    private var manifestFile: URL { folder.appending(component: "packed.json") }

    /// What it was made from, and of.
    struct Manifest: Codable, Hashable {
        /// The model's file.
        var model: String
        /// What tells that the file is still the same.
        var facts: [String]
        var runtime: String
        var processor: String
        /// Bytes of the files; a file of another length was cut.
        var graphBytes = 0
        var weightsBytes = 0
    }

    /// `nil` where it is not complete.
    var manifest: Manifest? {
        guard let data = try? Data(contentsOf: manifestFile),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: data),
            manifest.graphBytes == Self.bytes(of: graph), manifest.weightsBytes == Self.bytes(of: weights)
        else { return nil }
        return manifest
    }

    /// Writes the manifest, which completes it. Everything is on the disk
    /// before: after a loss of power, a file of the right length full of zeros
    /// would answer nonsense.
    func complete(_ manifest: Manifest) throws {
        var manifest = manifest
        manifest.graphBytes = Self.bytes(of: graph)
        // Graphs whose weights are all small keep them inside.
        manifest.weightsBytes = Self.bytes(of: weights)
        for file in [graph, weights] where FileManager.default.fileExists(atPath: file.path) {
            let handle = try FileHandle(forUpdating: file)
            defer { try? handle.close() }
            try handle.synchronize()
        }
        try JSONEncoder().encode(manifest).write(to: manifestFile, options: .atomic)
    }

    /// Whether its graph multiplies bytes. Where others of its products are of
    /// floats, such a packed model takes the process along when it runs, as seen
    /// with ONNX Runtime 1.24.1 and 1.31.1: a null pointer in
    /// `MlasGemmFloatKernel`.
    var multipliesBytes: Bool {
        // What it cannot tell is as if it did.
        guard let graph = try? Data(contentsOf: graph, options: .alwaysMapped) else { return true }
        return ["MatMulInteger", "DynamicQuantizeMatMul"].contains { graph.range(of: Data($0.utf8)) != nil }
    }

    static func bytes(of file: URL) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }
}
