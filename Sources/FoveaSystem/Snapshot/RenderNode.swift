/// A device of the kernel's graphics or accelerator drivers that programs
/// compute with: `/dev/dri/renderD128`, `/dev/accel/accel0`.
public struct RenderNode: Sendable, Hashable, Codable {
    /// Its name, such as `renderD128`.
    public var name: String
    /// The node under `/dev`; `nil` where the kernel has the device and this
    /// process does not see its node.
    public var node: DeviceNode?
    /// The kernel driver: `i915`, `xe`, `amdgpu`, `RKNPU`.
    public var driver: String?
    /// Where it is on the PCI bus; `nil` elsewhere, as on boards.
    public var address: String?
    /// What the device tree calls it, on boards: `rockchip,rk3588-rknpu`.
    public var compatible: String?
    /// Its own memory, in bytes, where the driver tells (amdgpu does).
    public var memoryBytes: UInt64?
    /// How busy it is, in percent, where the driver tells (amdgpu does).
    public var busyPercent: Int?

    /// What sysfs and `/dev` know together, by name.
    static func all(
        in source: some SystemSource, nodes: String, class folder: String, prefix: String
    ) -> [RenderNode] {
        let names = Set(source.names(in: nodes) + source.names(in: folder))
            .filter { name in
                name.hasPrefix(prefix) && name.dropFirst(prefix.count).allSatisfy(\.isNumber)
            }
        return names.sorted().map {
            RenderNode($0, node: "\(nodes)/\($0)", in: source, at: "\(folder)/\($0)")
        }
    }

    private init(_ name: String, node: String, in source: some SystemSource, at path: String) {
        self.name = name
        self.node = DeviceNode(node, in: source)
        let device = "\(path)/device"
        let events = (source.text("\(device)/uevent") ?? "").split(separator: "\n")
            .compactMap { KeyedLine($0, separator: "=") }
        driver = source.driver(of: device) ?? events.first { $0.key == "DRIVER" }?.value
        compatible = events.first { $0.key == "OF_COMPATIBLE_0" }?.value
        address = source.resolve(device).flatMap { $0.split(separator: "/").last }.map(String.init)
            .flatMap { $0.split(separator: ":").count == 3 ? $0 : nil }
        // https://docs.kernel.org/gpu/amdgpu/driver-misc.html
        memoryBytes = source.text("\(device)/mem_info_vram_total").flatMap { UInt64($0.trimmingSpaces) }
        busyPercent = source.text("\(device)/gpu_busy_percent").flatMap { Int($0.trimmingSpaces) }
    }
}
