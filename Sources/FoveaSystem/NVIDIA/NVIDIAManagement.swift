import CNVML

/// What NVIDIA's driver itself says of its GPUs, which files do not: their
/// memory, and how busy they are.
public struct NVIDIAManagement: Sendable, Hashable {
    public struct GPU: Sendable, Hashable {
        public var name: String
        public var memoryBytes: UInt64?
        public var usedBytes: UInt64?
        /// How busy it was in the last moments, 0…100.
        public var busyPercent: Int?
        public var computeCapability: ComputeCapability?
    }

    public let driver: NVIDIADriver?
    /// By bus address: the n-th one is `cuda:n`.
    public let gpus: [GPU]

    /// Asks the driver's management library, which wakes sleeping cards and
    /// takes up to a second: blocks.
    ///
    /// - Parameter library: a path, or a bare name for the system's search path.
    /// - Returns: `nil` where there is no such library or it does not start.
    public init?(library: String = "libnvidia-ml.so.1") {
        var driver = [CChar](repeating: 0, count: 80)
        let none = fovea_nvml_gpu()
        var gpus = [fovea_nvml_gpu](repeating: none, count: 64)
        let count = fovea_nvml_read(library, &driver, driver.count, &gpus, Int32(gpus.count))
        guard count >= 0 else { return nil }
        self.driver = NVIDIADriver(Self.text(driver))
        self.gpus = gpus.prefix(Int(count)).map(GPU.init)
    }

    fileprivate static func text(_ characters: some Sequence<CChar>) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }
}

extension NVIDIAManagement.GPU {
    fileprivate init(_ gpu: fovea_nvml_gpu) {
        name = withUnsafeBytes(of: gpu.name) { bytes in
            NVIDIAManagement.text(bytes.map { CChar(truncatingIfNeeded: $0) })
        }
        memoryBytes = UInt64(exactly: gpu.memory_bytes)
        usedBytes = UInt64(exactly: gpu.used_bytes)
        busyPercent = gpu.busy_percent >= 0 ? Int(gpu.busy_percent) : nil
        computeCapability =
            gpu.capability_major >= 0
            ? ComputeCapability(Int(gpu.capability_major), Int(gpu.capability_minor)) : nil
    }
}
