/// NVIDIA's kernel driver and what it drives.
public struct NVIDIAFacts: Sendable, Hashable, Codable {
    /// The version of the driver that is loaded, such as `535.171.04`. A
    /// container sees that of its host. WSL 2 shows none.
    public var driver: String?
    /// The GPUs that the driver drives, by bus address.
    public var gpus: [NVIDIAGPU]
    /// The nodes under `/dev` whose names start with `nvidia`, by path.
    public var nodes: [DeviceNode]

    /// The node through which memory is shared with a GPU: CUDA does not start
    /// without it.
    public var sharedMemoryNode: DeviceNode? { nodes.first { $0.path == "/dev/nvidia-uvm" } }
    /// The nodes of single GPUs: `/dev/nvidia0`.
    public var gpuNodes: [DeviceNode] {
        nodes.filter {
            let number = $0.path.dropFirst("/dev/nvidia".count)
            return !number.isEmpty && number.allSatisfy(\.isNumber)
        }
    }

    init(reading source: some SystemSource) {
        driver = Self.driver(source)
        let folder = "/proc/driver/nvidia/gpus"
        gpus = source.names(in: folder).sorted().map { address in
            let lines = (source.text("\(folder)/\(address)/information") ?? "").split(separator: "\n")
                .compactMap { KeyedLine($0, separator: ":") }
            return NVIDIAGPU(
                address: address, model: lines.first { $0.key == "Model" }?.value,
                minor: lines.first { $0.key == "Device Minor" }.flatMap { Int($0.value) })
        }
        nodes = source.names(in: "/dev").filter { $0.hasPrefix("nvidia") }.sorted()
            .compactMap { DeviceNode("/dev/\($0)", in: source) }.filter { $0.status.kind == .device }
    }

    /// `/sys/module/nvidia/version` has the bare number; the first line of
    /// `/proc/driver/nvidia/version` has it among other words:
    /// `NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.161.07  Sat Feb 17 …`,
    /// or `… UNIX Open Kernel Module for x86_64  590.48.01  Release Build …`.
    private static func driver(_ source: some SystemSource) -> String? {
        if let version = source.text("/sys/module/nvidia/version")?.trimmingSpaces, !version.isEmpty {
            return version
        }
        let words = source.text("/proc/driver/nvidia/version")?.prefix { $0 != "\n" }.split(separator: " ")
        return words?.first { word in
            let numbers = word.split(separator: ".", omittingEmptySubsequences: false)
            return numbers.count > 1 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
        }.map(String.init)
    }
}

/// A GPU that NVIDIA's driver drives, from `/proc/driver/nvidia/gpus`.
public struct NVIDIAGPU: Sendable, Hashable, Codable {
    /// Where it is on the PCI bus: `0000:01:00.0`.
    public var address: String
    /// What the driver calls it, such as "NVIDIA GeForce RTX 3090".
    public var model: String?
    /// The number of its node: 0 for `/dev/nvidia0`.
    public var minor: Int?
}
