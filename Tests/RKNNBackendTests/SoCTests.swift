import Foundation
import RKNNBackend
import Testing

/// Chips by the texts that boards have in their device tree.
@Suite struct SoCTests {
    /// The `compatible` properties of mainline Linux's device trees, in
    /// arch/arm64/boot/dts/rockchip.
    @Test(arguments: [
        ("radxa,rock-5b\0rockchip,rk3588\0", SoC.rk3588),
        ("xunlong,orangepi-5\0rockchip,rk3588s\0", .rk3588),
        ("pine64,quartz64-a\0rockchip,rk3566\0", .rk3566),
        ("radxa,rock3a\0rockchip,rk3568\0", .rk3568),
        ("radxa,rock-4d\0rockchip,rk3576\0", .rk3576),
    ])
    func boards(compatible: String, soc: SoC) {
        #expect(SoC(deviceTree: compatible) == soc)
    }

    @Test(arguments: ["", "raspberrypi,5-model-b\0brcm,bcm2712\0", "pine64,rockpro64\0rockchip,rk3399\0"])
    func others(compatible: String) {
        #expect(SoC(deviceTree: compatible) == nil)
    }

    @Test func filesAreRead() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "fovea-\(UUID().uuidString)")
        #expect(SoC.current(deviceTree: file) == nil)
        try Data("radxa,rock-5b\0rockchip,rk3588\0".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(SoC.current(deviceTree: file) == .rk3588)
    }

    @Test func coresOfTheNPU() {
        #expect(SoC.allCases.map(\.coreCount) == [1, 1, 2, 3])
    }
}
