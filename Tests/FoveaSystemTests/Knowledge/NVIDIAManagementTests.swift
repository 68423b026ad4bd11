import FoveaSystem
import Foundation
import Testing

/// The driver's management library, as a stub that was compiled by its
/// documentation.
@Suite struct NVIDIAManagementTests {
    private static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    private func read(_ source: String) throws -> NVIDIAManagement? {
        let folder = FileManager.default.temporaryDirectory.appending(component: "fovea-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (code, library) = (folder.appending(path: "nvml.c"), folder.appending(path: "libnvidia-ml.so.1"))
        try Data(source.utf8).write(to: code)
        let compile = Process()
        compile.executableURL = URL(filePath: try #require(Self.compiler))
        compile.arguments = ["-shared", "-fPIC", "-o", library.path, code.path]
        try compile.run()
        compile.waitUntilExit()
        try #require(compile.terminationStatus == 0)
        return NVIDIAManagement(library: library.path)
    }

    private func stub(initResult: Int = 0, busyResult: Int = 0) -> String {
        """
        #include <string.h>
        typedef struct { unsigned long long total, free, used; } memory;
        typedef struct { unsigned gpu, memory; } rates;
        int nvmlInit_v2(void) { return \(initResult); }
        int nvmlShutdown(void) { return 0; }
        int nvmlSystemGetDriverVersion(char *text, unsigned n) { strncpy(text, "580.95.05", n); return 0; }
        int nvmlDeviceGetCount_v2(unsigned *n) { *n = 2; return 0; }
        int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **d) { *d = (char *)0 + i + 1; return 0; }
        int nvmlDeviceGetName(void *d, char *text, unsigned n) {
            strncpy(text, d == (char *)0 + 1 ? "NVIDIA GeForce RTX 3090" : "NVIDIA GeForce GTX 980", n);
            return 0;
        }
        int nvmlDeviceGetMemoryInfo(void *d, memory *m) { m->total = 25769803776; m->used = 1 << 30; return 0; }
        int nvmlDeviceGetUtilizationRates(void *d, rates *r) { r->gpu = 37; return \(busyResult); }
        int nvmlDeviceGetCudaComputeCapability(void *d, int *major, int *minor) {
            *major = d == (char *)0 + 1 ? 8 : 5; *minor = d == (char *)0 + 1 ? 6 : 2; return 0;
        }
        """
    }

    @Test(.enabled(if: compiler != nil, "There is no C compiler to make a stub library with."))
    func whatTheDriverSaysIsTold() throws {
        let management = try #require(try read(stub()))
        #expect(management.driver == NVIDIADriver("580.95.05"))
        #expect(management.gpus.map(\.name) == ["NVIDIA GeForce RTX 3090", "NVIDIA GeForce GTX 980"])
        #expect(
            management.gpus.map(\.computeCapability) == [ComputeCapability(8, 6), ComputeCapability(5, 2)])
        #expect(management.gpus.allSatisfy { $0.memoryBytes == 24 << 30 && $0.usedBytes == 1 << 30 })
        #expect(management.gpus.map(\.busyPercent) == [37, 37])
    }

    /// NVML_ERROR_NOT_SUPPORTED is 3: cards of the first generations.
    @Test(.enabled(if: compiler != nil, "There is no C compiler to make a stub library with."))
    func whatACardDoesNotTellIsNotKnown() throws {
        let management = try #require(try read(stub(busyResult: 3)))
        #expect(management.gpus.map(\.busyPercent) == [nil, nil])
        #expect(management.gpus[0].memoryBytes != nil)
    }

    /// NVML_ERROR_DRIVER_NOT_LOADED is 9.
    @Test(.enabled(if: compiler != nil, "There is no C compiler to make a stub library with."))
    func aLibraryWithoutADriverTellsNothing() throws {
        #expect(try read(stub(initResult: 9)) == nil)
        #expect(try read("int other(void) { return 0; }") == nil)
    }

    @Test func noLibraryTellsNothing() {
        #expect(NVIDIAManagement(library: "/no/such/libnvidia-ml.so.1") == nil)
    }
}
