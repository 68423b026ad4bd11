import FoveaBackends
import FoveaCore
import Foundation

/// Compiles graphs for an NVIDIA GPU with TensorRT. The first load of a model
/// takes minutes, which the cache saves the next ones.
struct TensorRTExecutionProvider: AcceleratorProvider {
    let name = "TensorrtExecutionProvider"
    let accelerator: Accelerator
    let attachment = ProviderAttachment.own(.tensorRT)
    let shapes = ShapeSupport.few
    let precisions: Set<Precision> = [.fp32, .fp16, .bf16]

    func options(cache: URL?) -> [String: String] {
        var options = [
            "device_id": "\(device.index)",
            "trt_fp16_enable": precision == .fp16 ? "1" : "0",
            "trt_bf16_enable": precision == .bf16 ? "1" : "0",
        ]
        if let path = cache?.path {
            options["trt_engine_cache_enable"] = "1"
            options["trt_engine_cache_path"] = path
            options["trt_timing_cache_enable"] = "1"
            options["trt_timing_cache_path"] = path
        }
        return options
    }

    /// With CUDA behind it, so that what TensorRT cannot compile stays on the
    /// GPU.
    func configure(_ options: SessionOptions, for model: URL?, in environment: Environment) throws {
        try accelerator.configureHost(options)
        try options.attach(
            attachment, named: name, for: device,
            with: self.options(cache: cacheFolder(for: model, options, in: environment)),
            in: environment)
        let cuda = CUDAExecutionProvider(accelerator: accelerator)
        try options.attach(
            cuda.attachment, named: cuda.name, for: device, with: cuda.options(cache: nil), in: environment)
    }
}
