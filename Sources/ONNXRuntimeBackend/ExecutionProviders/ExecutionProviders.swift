import FoveaCore

/// The providers there are, by the devices they drive.
enum ExecutionProviders {
    /// The one for the configured device.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` for a device that ONNX
    ///   Runtime does not drive, or one whose plug-in is not installed.
    static func provider(_ configuration: ONNXRuntimeConfiguration) throws -> any ExecutionProvider {
        let accelerator = Accelerator(configuration)
        switch configuration.device.kind {
        case .cpu: return CPUExecutionProvider(configuration)
        case .cuda: return CUDAExecutionProvider(accelerator: accelerator)
        case .tensorrt: return TensorRTExecutionProvider(accelerator: accelerator)
        case .tensorRTRTX:
            return TensorRTRTXExecutionProvider(
                accelerator: accelerator, plugIn: try plugIn(configuration))
        case .migraphx: return MIGraphXExecutionProvider(accelerator: accelerator)
        case .rocm: return ROCmExecutionProvider(accelerator: accelerator)
        case .openvino:
            return OpenVINOExecutionProvider(
                accelerator: accelerator, plugIn: configuration.plugInPath)
        case .webgpu:
            return WebGPUExecutionProvider(accelerator: accelerator, plugIn: try plugIn(configuration))
        case .armnn, .rknn:
            throw FoveaError(.engineUnavailable, "ONNX Runtime does not drive \(configuration.device).")
        }
    }

    private static func plugIn(_ configuration: ONNXRuntimeConfiguration) throws -> String {
        guard let path = configuration.plugInPath else {
            throw FoveaError(
                .engineUnavailable,
                """
                The provider for \(configuration.device) is not installed: \
                'fovea backends install \(configuration.device.kind.rawValue)' does it.
                """)
        }
        return path
    }
}
