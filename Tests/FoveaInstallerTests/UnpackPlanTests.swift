import FoveaInstaller
import Testing

@Suite struct UnpackPlanTests {
    private func entry(_ path: String, _ bytes: Int = 1) -> ZipEntry {
        ZipEntry(
            path: path, method: .stored, crc32: 0, compressedBytes: bytes, bytes: bytes, headerOffset: 0)
    }

    private func wheel(_ unpacked: Int, _ kept: [KeptMember]) -> RuntimeWheel {
        RuntimeWheel("w.whl", folder: "", sha256: "", bytes: 0, unpacked: unpacked, keep: kept)
    }

    @Test func membersGoToTheTopAndLicencesKeepTheirPath() throws {
        let plan = try UnpackPlan(
            [
                entry("p/"), entry("p/liba.so", 10), entry("p/q/libb.so", 20), entry("p/LICENSE", 3),
                entry("p-1.dist-info/METADATA", 4), entry("p/x.py", 50),
            ], of: wheel(17, ["p/lib*.so"]))
        #expect(
            plan.items.map(\.destination) == [
                "liba.so", "licences/p/LICENSE", "licences/p-1.dist-info/METADATA",
            ])
        #expect(plan.bytes == 17)
    }

    @Test func membersMayGetOtherNames() throws {
        let plan = try UnpackPlan(
            [entry("p/libx.so.1.2.3")],
            of: wheel(1, [KeptMember("p/libx.so.*", as: "libx.so.1", link: "libx.so")]))
        #expect(plan.items.map(\.destination) == ["libx.so.1"])
        #expect(plan.items.map(\.link) == ["libx.so"])
    }

    @Test func whatTheCatalogueExpectsHasToBeThere() {
        func plan(_ names: [String], _ kept: [KeptMember], _ bytes: Int) throws {
            _ = try UnpackPlan(names.map { entry($0) }, of: wheel(bytes, kept))
        }
        #expect(throws: ZipFault("0 of its members are p/liba.so")) { try plan(["p/b"], ["p/liba.so"], 0) }
        #expect(throws: ZipFault("2 of its members are p/*")) {
            try plan(["p/a", "p/b"], [KeptMember("p/*", as: "c")], 2)
        }
        #expect(throws: ZipFault("what is kept of it has 1 bytes instead of 2")) {
            try plan(["p/a"], ["p/a"], 2)
        }
        #expect(throws: ZipFault("two of its members would be installed as a")) {
            try plan(["p/a", "q/a"], ["p/a", "q/a"], 2)
        }
    }

    @Test func aMemberThatTwoPatternsNameIsKeptOnce() throws {
        let plan = try UnpackPlan([entry("p/a")], of: wheel(1, ["p/a", "p/*"]))
        #expect(plan.items.count == 1)
    }
}
