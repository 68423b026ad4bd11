package import FoveaBackends

/// The host's processor.
public struct CPUFacts: Sendable, Hashable, Codable {
    /// `x86_64` or `aarch64`: what this program was built for.
    public var architecture: String
    /// The maker's name for it, such as "Intel(R) Celeron(R) J4125 CPU @ 2.00GHz".
    public var model: String
    /// Cores that the kernel schedules on; two for one with hyper-threading.
    public var cores: Int
    /// Those of ``watchedFlags`` that it has, in the kernel's spelling.
    public var flags: [String]
    /// Main memory, in bytes.
    public var memoryBytes: UInt64?

    /// The instruction sets that make a difference to inference, and
    /// `hypervisor`, which x86 shows inside a virtual machine.
    public static let watchedFlags: Set<String> = [
        "sse4_2", "avx", "f16c", "fma", "avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16",
        "avx512_fp16", "amx_tile", "amx_int8", "amx_bf16", "hypervisor",
        "asimd", "asimdhp", "asimddp", "fphp", "i8mm", "bf16", "sve", "sve2",
    ]

    /// Whether OpenVINO runs on it, with what is installed: the plug-in lists no
    /// processor but Intel's, which the classic provider runs on as well.
    package func runsOpenVINO(_ installed: Set<RuntimePackage>) -> Bool {
        guard architecture == "x86_64" else { return false }
        return installed.contains(.openvinoClassic)
            || installed.contains(.openvino) && isIntel
    }

    /// Whether sums of products of bytes cannot overflow in its kernels: Arm's,
    /// and those of x86 with VNNI. Others add up two products in 16 bits
    /// (`VPMADDUBSW`), which stops at 32,767.
    package var addsBytesExactly: Bool {
        architecture != "x86_64" || has("avx512_vnni") || has("avx_vnni")
    }

    package var isIntel: Bool { model.contains("Intel") }

    /// Whether it has an instruction set, by the kernel's name for it.
    public func has(_ flag: String) -> Bool { flags.contains(flag) }

    init(reading source: some SystemSource) {
        let lines = (source.text("/proc/cpuinfo") ?? "").split(
            separator: "\n", omittingEmptySubsequences: false)
        let pairs = lines.compactMap { KeyedLine($0, separator: ":") }
        let flags = pairs.first { $0.key == "flags" || $0.key == "Features" }
        self.flags = (flags?.value ?? "").split(separator: " ").map(String.init)
            .filter(Self.watchedFlags.contains)
        architecture = flags.map { $0.key == "Features" ? "aarch64" : "x86_64" } ?? Self.built
        cores = max(1, pairs.count { $0.key == "processor" })
        model =
            pairs.first { $0.key == "model name" }?.value
            ?? source.text("/proc/device-tree/model").map(Self.trimmed) ?? architecture
        memoryBytes = (source.text("/proc/meminfo") ?? "").split(separator: "\n")
            .compactMap { KeyedLine($0, separator: ":") }.first { $0.key == "MemTotal" }
            .flatMap { $0.value.split(separator: " ").first }.flatMap { UInt64($0) }.map { $0 * 1024 }
    }

    /// Values of a device tree end in a zero byte.
    private static func trimmed(_ text: String) -> String {
        String(text.prefix { $0 != "\0" && $0 != "\n" })
    }

    private static var built: String {
        #if arch(arm64)
            "aarch64"
        #else
            "x86_64"
        #endif
    }
}

/// One line of the many files that say `key: value` or `key value`.
struct KeyedLine {
    let key: String
    let value: String

    init?(_ line: some StringProtocol, separator: Character) {
        guard let index = line.firstIndex(of: separator) else { return nil }
        key = line[..<index].trimmingSpaces
        value = line[line.index(after: index)...].trimmingSpaces
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmingSpaces: String {
        let start = drop { $0.isWhitespace }
        let end = start.reversed().drop { $0.isWhitespace }
        return String(String(end).reversed())
    }
}
