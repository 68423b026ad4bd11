import FoveaBackends
import FoveaCore
import Foundation

/// Compiles graphs for Intel's GPUs, NPUs and CPUs with OpenVINO.
///
/// There are two of them: a plug-in, and the classic one that is built into an
/// ONNX Runtime of its own. They take the same settings in different ways.
struct OpenVINOExecutionProvider: AcceleratorProvider {
    let name = "OpenVINOExecutionProvider"
    let accelerator: Accelerator
    /// The plug-in's library; `nil` for the classic provider.
    let plugIn: String?

    /// OpenVINO's own name for the device: `GPU.1`.
    var target: String { device.id ?? "CPU" }

    /// Its CPU part takes any shape as it comes; the others compile anew.
    var shapes: ShapeSupport { target == "CPU" ? .any : .few }

    /// The classic provider takes fp16 for GPUs and NPUs only.
    var precisions: Set<Precision> {
        guard plugIn == nil else { return [.fp32, .fp16, .bf16] }
        return target == "CPU" ? [.fp32] : [.fp32, .fp16]
    }

    var attachment: ProviderAttachment {
        guard let plugIn else { return .named("OpenVINO") }
        return .plugIn(path: plugIn, chooses: .metadata(key: "ov_device", value: target))
    }

    func options(cache: URL?) -> [String: String] {
        guard plugIn == nil else { return [:] }
        var options = ["device_type": target, "precision": classicPrecision]
        options["cache_dir"] = cache?.path
        if target == "CPU", accelerator.intraOpThreads > 0 {
            options["num_of_threads"] = "\(accelerator.intraOpThreads)"
        }
        return options
    }

    /// An NPU takes no FP32, but the model's own precision.
    private var classicPrecision: String {
        if precision == .fp16 { return "FP16" }
        return target.hasPrefix("NPU") ? "ACCURACY" : "FP32"
    }

    /// What the plug-in reads from a file, by OpenVINO's own names
    /// (docs.openvino.ai, "Runtime Properties").
    func properties(cache: URL?) -> [String: String] {
        var properties = [
            // Left alone, OpenVINO computes in bf16 or f16 where the device
            // can: less exact, and on processors slower.
            "INFERENCE_PRECISION_HINT": Self.hints[precision] ?? "f32"
        ]
        properties["CACHE_DIR"] = cache?.path
        if target == "CPU", accelerator.intraOpThreads > 0 {
            properties["INFERENCE_NUM_THREADS"] = "\(accelerator.intraOpThreads)"
        }
        return properties
    }

    private static let hints: [Precision: String] = [.fp16: "f16", .bf16: "bf16"]

    func configure(_ options: SessionOptions, for model: URL?, in environment: Environment) throws {
        try accelerator.configureHost(options)
        let cache = cacheFolder(for: model, options, in: environment)
        var settings = self.options(cache: cache)
        if plugIn != nil {
            settings["load_config"] = try options.keep(
                TemporaryFile(
                    json: [target.prefix { $0 != "." }.description: properties(cache: cache)],
                    named: "openvino")
            ).path
        }
        try options.attach(attachment, named: name, for: device, with: settings, in: environment)
    }
}
