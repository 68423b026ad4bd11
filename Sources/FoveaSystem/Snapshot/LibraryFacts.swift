/// The vendors' libraries that the dynamic linker would find, and the drivers
/// that loaders are told of.
public struct LibraryFacts: Sendable, Hashable, Codable {
    /// Where each library that was found lies, by its file name.
    public var found: [String: String]
    /// The OpenCL drivers that the loader is told of: the names of the
    /// libraries in `/etc/OpenCL/vendors/*.icd`.
    public var openCLDrivers: [String]
    /// The Vulkan drivers that the loader is told of: paths of manifests.
    public var vulkanDrivers: [String]

    /// What is looked for. A name that ends in `*` stands for all versions.
    public static let watched = [
        "libcuda.so.1", "libnvidia-ml.so.1", "libze_loader.so.1", "libOpenCL.so.1", "libvulkan.so.1",
        "libamdhip64.so.*", "libmigraphx_c.so.*", "libmali.so*", "librknnrt.so", "libarmnn.so*",
        "libdxcore.so", "libze_intel_vpu.so*", "libze_intel_npu.so*", "libnvinfer.so.*",
    ]

    /// Where a library lies, by its exact name.
    public subscript(name: String) -> String? { found[name] }

    /// The first library whose name starts so, by name.
    public func first(_ prefix: String) -> String? { found.keys.sorted().first { $0.hasPrefix(prefix) } }

    init(reading source: some SystemSource) {
        let folders = LibraryFolders(reading: source).all
        var found: [String: String] = [:]
        for folder in folders {
            for name in source.names(in: folder) where found[name] == nil && Self.isWatched(name) {
                // A link that leads nowhere, as a half-mounted driver leaves, is
                // no library; one that may not be read cannot be opened.
                guard source.status("\(folder)/\(name)")?.isReadable == true else { continue }
                found[name] = "\(folder)/\(name)"
            }
        }
        // Where RKNN is told to look before anywhere else.
        if let path = source.environment["LIBRKNNRT_PATH"], source.status(path)?.isReadable == true {
            found["librknnrt.so"] = path
        }
        self.found = found
        openCLDrivers = Self.openCLDrivers(source)
        vulkanDrivers = Self.vulkanDrivers(source)
    }

    private static func isWatched(_ name: String) -> Bool {
        watched.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : name == $0 }
    }

    private static func openCLDrivers(_ source: some SystemSource) -> [String] {
        let folder = source.environment["OCL_ICD_VENDORS"] ?? "/etc/OpenCL/vendors"
        return source.names(in: folder).filter { $0.hasSuffix(".icd") }.sorted()
            .compactMap { source.text("\(folder)/\($0)")?.trimmingSpaces }
            .filter { !$0.isEmpty && (!$0.hasPrefix("/") || source.status($0) != nil) }
    }

    /// The loader's search order, without the home folders
    /// (LoaderDriverInterface.md of KhronosGroup/Vulkan-Loader).
    private static func vulkanDrivers(_ source: some SystemSource) -> [String] {
        for variable in ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"] {
            guard let paths = source.environment[variable], !paths.isEmpty else { continue }
            return paths.split(separator: ":").map(String.init).filter { source.status($0) != nil }
        }
        return ["/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/usr/share/vulkan/icd.d"]
            .flatMap { folder in
                source.names(in: folder).filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
            }
    }
}

/// The folders that libraries are looked for in, first ones first.
struct LibraryFolders {
    let all: [String]

    init(reading source: some SystemSource) {
        var folders = (source.environment["LD_LIBRARY_PATH"] ?? "").split(separator: ":").map(String.init)
        folders += Self.configured(source)
        // What ld.so has built in (ld.so(8)), with Debian's multiarch folders.
        let machines = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
        folders += machines.flatMap { ["/lib/\($0)", "/usr/lib/\($0)", "/usr/local/lib/\($0)"] }
        folders += ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"]
        // What others add to the search path: ROCm's packages, and WSL.
        folders += source.names(in: "/opt").filter { $0.hasPrefix("rocm") }.sorted().map { "/opt/\($0)/lib" }
        folders += ["/usr/lib/wsl/lib"]
        var seen: Set<String> = []
        all = folders.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// The folders of `/etc/ld.so.conf` and of the files in `/etc/ld.so.conf.d`,
    /// which every distribution's includes.
    private static func configured(_ source: some SystemSource) -> [String] {
        let parts = source.names(in: "/etc/ld.so.conf.d").filter { $0.hasSuffix(".conf") }.sorted()
            .map { "/etc/ld.so.conf.d/\($0)" }
        return (["/etc/ld.so.conf"] + parts).flatMap { path in
            (source.text(path) ?? "").split(separator: "\n").map(\.trimmingSpaces).filter {
                $0.hasPrefix("/")
            }
        }
    }
}
