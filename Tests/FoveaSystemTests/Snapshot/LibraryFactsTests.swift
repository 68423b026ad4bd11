import FoveaSystem
import Testing

struct LibraryFactsTests {
    private func libraries(_ files: [String: String], _ environment: [String: String] = [:]) -> LibraryFacts {
        SystemSnapshot(reading: MemorySystem(files: files, environment: environment)).libraries
    }

    @Test func firstFolderWins() {
        let files = ["/a/libcuda.so.1": "", "/usr/lib/x86_64-linux-gnu/libcuda.so.1": ""]
        #expect(libraries(files)["libcuda.so.1"] == "/usr/lib/x86_64-linux-gnu/libcuda.so.1")
        #expect(libraries(files, ["LD_LIBRARY_PATH": "/a:/b"])["libcuda.so.1"] == "/a/libcuda.so.1")
    }

    @Test(arguments: ["/opt/rocm-7.2.4/lib", "/usr/lib/wsl/lib", "/usr/lib64", "/opt/odd"])
    func everyUsualFolderIsSearched(folder: String) {
        let files = ["\(folder)/libamdhip64.so.7": "", "/etc/ld.so.conf.d/odd.conf": "# comment\n/opt/odd\n"]
        #expect(libraries(files).first("libamdhip64.so.") == "libamdhip64.so.7")
    }

    @Test func othersAreNotLookedFor() {
        #expect(libraries(["/usr/lib/libc.so.6": ""]).found.isEmpty)
    }

    @Test func libraryThatMayNotBeReadIsNone() throws {
        // immich-app/immich#28216: librknnrt.so with mode 600.
        var system = try FixtureSystem("rockchip-rk3588")
        system.lock("/usr/lib/librknnrt.so")
        #expect(SystemSnapshot(reading: system).libraries["librknnrt.so"] == nil)
    }

    @Test func openCLDriversThatAreGoneDoNotCount() {
        let file = ["/etc/OpenCL/vendors/intel.icd": "/usr/lib/x86_64-linux-gnu/intel-opencl/libigdrcl.so\n"]
        #expect(libraries(file).openCLDrivers.isEmpty)
        let both = file.merging(["/usr/lib/x86_64-linux-gnu/intel-opencl/libigdrcl.so": ""]) { $1 }
        #expect(libraries(both).openCLDrivers == ["/usr/lib/x86_64-linux-gnu/intel-opencl/libigdrcl.so"])
        #expect(
            libraries(["/etc/OpenCL/vendors/n.icd": "libnvidia-opencl.so.1"]).openCLDrivers == [
                "libnvidia-opencl.so.1"
            ])
    }

    @Test func vulkanDriversAreThoseOfTheVariableWhereThereIsOne() {
        let files = ["/usr/share/vulkan/icd.d/radeon_icd.x86_64.json": "{}", "/m/lvp.json": "{}"]
        #expect(libraries(files).vulkanDrivers == ["/usr/share/vulkan/icd.d/radeon_icd.x86_64.json"])
        #expect(
            libraries(files, ["VK_ICD_FILENAMES": "/m/lvp.json:/gone.json"]).vulkanDrivers == ["/m/lvp.json"])
    }
}
