import FoveaBackends
import FoveaCore
import Foundation

/// Compiles graphs for an AMD GPU with MIGraphX: one program for each shape of
/// the inputs, a minute or so each.
struct MIGraphXExecutionProvider: AcceleratorProvider {
    let name = "MIGraphXExecutionProvider"
    let accelerator: Accelerator
    let attachment = ProviderAttachment.named("MIGraphX")
    let shapes = ShapeSupport.few
    let precisions: Set<Precision> = [.fp32, .fp16, .bf16]
    /// Users report crashes where two models compile beside each other
    /// (immich-app/immich#28444).
    let isExclusive = true

    func options(cache: URL?) -> [String: String] {
        var options = [
            "device_id": "\(device.index)",
            "migraphx_fp16_enable": precision == .fp16 ? "1" : "0",
            "migraphx_bf16_enable": precision == .bf16 ? "1" : "0",
        ]
        options["migraphx_model_cache_dir"] = cache?.path
        return options
    }
}
