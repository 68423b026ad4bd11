public import Foundation

/// A Rockchip system on a chip whose NPU runs `.rknn` models.
///
/// The raw value is its name in the folders of models and in the device tree.
public enum SoC: String, Sendable, Hashable, CaseIterable {
    case rk3566, rk3568, rk3576, rk3588

    /// Cores of the NPU, from RK-Transformers' user guide, "NPU Core
    /// Configuration".
    public var coreCount: Int {
        switch self {
        case .rk3566, .rk3568: 1
        case .rk3576: 2
        case .rk3588: 3
        }
    }

    /// The chip that a device tree's `compatible` property names; `nil` where
    /// it is another.
    ///
    /// - Parameter compatible: the property's texts, such as
    ///   `radxa,rock-5b` and `rockchip,rk3588`, in any form that keeps their
    ///   letters. Variants such as `rk3588s` count as their family.
    public init?(deviceTree compatible: String) {
        guard let soc = Self.allCases.first(where: { compatible.contains($0.rawValue) }) else { return nil }
        self = soc
    }

    /// Where Linux shows the device tree's root.
    public static let deviceTree = URL(filePath: "/proc/device-tree/compatible")

    /// The chip of this machine; `nil` where it is none of these, or where the
    /// device tree cannot be read, as in containers that hide it.
    public static func current(deviceTree file: URL = deviceTree) -> SoC? {
        guard let bytes = try? Data(contentsOf: file) else { return nil }
        return SoC(deviceTree: String(decoding: bytes, as: UTF8.self))
    }
}
