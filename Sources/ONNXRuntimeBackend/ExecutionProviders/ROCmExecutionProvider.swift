import FoveaBackends
import FoveaCore
import Foundation

/// Runs operators on an AMD GPU, as ONNX Runtime did until 1.22: faster to
/// start than MIGraphX, which replaced it.
struct ROCmExecutionProvider: AcceleratorProvider {
    let name = "ROCMExecutionProvider"
    let accelerator: Accelerator
    let attachment = ProviderAttachment.own(.rocm)
    /// Each new shape searches for convolutions.
    let shapes = ShapeSupport.few

    func options(cache: URL?) -> [String: String] {
        ["device_id": "\(device.index)", "arena_extend_strategy": "kSameAsRequested"]
    }
}
