import FoveaBackends
import FoveaCore
import Foundation

/// Runs operators on any GPU that has a Vulkan driver.
struct WebGPUExecutionProvider: AcceleratorProvider {
    let name = "WebGpuExecutionProvider"
    let accelerator: Accelerator
    let plugIn: String
    let shapes = ShapeSupport.any
    /// Version 0.4.0 crashes where sessions are made beside each other.
    let isExclusive = true

    var attachment: ProviderAttachment { .plugIn(path: plugIn, chooses: .index(device.index)) }

    func options(cache: URL?) -> [String: String] { [:] }
}
