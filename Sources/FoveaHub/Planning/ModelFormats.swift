/// Which engines' files of a model are wanted. `model.onnx` always is: what
/// other engines answer is compared with it.
package struct ModelFormats: Sendable, Hashable {
    /// Whether `model.armnn` is wanted.
    package var armNN: Bool
    /// The chips whose `rknpu/<chip>/…` are wanted, such as `rk3588`.
    package var rknnChips: Set<String>

    package init(armNN: Bool = false, rknnChips: Set<String> = []) {
        self.armNN = armNN
        self.rknnChips = rknnChips
    }

    /// Whether a file is for one of these engines, or for all.
    package func include(_ path: String) -> Bool {
        let components = path.split(separator: "/")
        let isRKNN = path.hasSuffix(".rknn")
        if let folder = components.firstIndex(of: "rknpu") {
            guard components.indices.contains(folder + 1) else { return false }
            return rknnChips.contains(String(components[folder + 1]))
        }
        if isRKNN { return false }
        return path.hasSuffix(".armnn") ? armNN : true
    }
}
