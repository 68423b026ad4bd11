import FoveaBackends
import FoveaCore
import Foundation

/// Compiles graphs for an NVIDIA GPU of Ampere's generation or newer with
/// TensorRT for RTX, in seconds where TensorRT takes minutes.
struct TensorRTRTXExecutionProvider: AcceleratorProvider {
    let name = "NvTensorRTRTXExecutionProvider"
    let accelerator: Accelerator
    let plugIn: String
    let shapes = ShapeSupport.few

    var attachment: ProviderAttachment { .plugIn(path: plugIn, chooses: .index(device.index)) }

    func options(cache: URL?) -> [String: String] {
        guard let path = cache?.path else { return [:] }
        return ["nv_runtime_cache_path": path]
    }
}
