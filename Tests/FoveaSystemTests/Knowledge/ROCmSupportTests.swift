import FoveaSystem
import Testing

struct ROCmSupportTests {
    @Test(arguments: [
        (110003, "gfx1103"), (90010, "gfx90a"), (90012, "gfx90c"), (100300, "gfx1030"), (100306, "gfx1036"),
        (80003, "gfx803"), (120001, "gfx1201"), (90402, "gfx942"), (110501, "gfx1151"),
    ])
    func kernelsNumberIsTheCompilersName(version: Int, name: String) {
        #expect(GFXTarget(version: version)?.description == name)
    }

    @Test func processorsHaveNoTarget() {
        #expect(GFXTarget(version: 0) == nil)
    }

    @Test(arguments: [
        (110000, ROCmSupport.supported), (100300, .supported), (110501, .supported), (120000, .supported),
        (90402, .supported), (100301, .byOverride("10.3.0")), (100306, .byOverride("10.3.0")),
        (110002, .byOverride("11.0.0")), (110003, .byOverride("11.0.0")), (80003, .unsupported),
        (90012, .unsupported), (100100, .unsupported), (90006, .unsupported),
    ])
    func supportIsThatOfROCm72(version: Int, support: ROCmSupport) throws {
        #expect(ROCmSupport(try #require(GFXTarget(version: version))) == support)
    }
}
