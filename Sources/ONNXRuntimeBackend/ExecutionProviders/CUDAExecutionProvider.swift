import FoveaBackends
import FoveaCore
import Foundation

/// Runs operators on an NVIDIA GPU with CUDA.
struct CUDAExecutionProvider: AcceleratorProvider {
    let name = "CUDAExecutionProvider"
    let accelerator: Accelerator
    let attachment = ProviderAttachment.own(.cuda)
    /// Each new shape searches for convolutions and enlarges the arena.
    let shapes = ShapeSupport.few

    func options(cache: URL?) -> [String: String] {
        [
            "device_id": "\(device.index)",
            // As Immich has it: the arena grows by what is asked for, not to
            // the next power of two.
            "arena_extend_strategy": "kSameAsRequested",
            // The exhaustive search, which is the default, takes a second and
            // its own memory for each new shape.
            "cudnn_conv_algo_search": "HEURISTIC",
            // TF32 keeps 10 bits of the mantissa: it is no float32.
            "use_tf32": "0",
        ]
    }
}
