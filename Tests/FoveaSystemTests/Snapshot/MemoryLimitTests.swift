import FoveaSystem
import Testing

@Suite struct MemoryLimitTests {
    /// 16 GiB, as /proc/meminfo has it: in KiB.
    private static let main = ["/proc/meminfo": "MemTotal:       16777216 kB\nMemFree: 1 kB\n"]

    private func limit(_ files: [String: String], main: [String: String] = Self.main) -> MemoryLimit? {
        MemoryLimit(reading: MemorySystem(files: main.merging(files) { $1 }))
    }

    @Test func isTheMachinesWithoutAControlGroup() {
        #expect(limit([:]) == MemoryLimit(bytes: 16 << 30, isOfControlGroup: false))
        #expect(limit([:], main: [:]) == nil)
    }

    @Test func isAContainersOwn() {
        let files = ["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "4294967296\n"]
        #expect(limit(files) == MemoryLimit(bytes: 4 << 30, isOfControlGroup: true))
        #expect(limit(files, main: [:]) == MemoryLimit(bytes: 4 << 30, isOfControlGroup: true))
    }

    @Test func theTightestAboveCounts() {
        let files = [
            "/proc/self/cgroup": "0::/system.slice/docker.service\n",
            "/sys/fs/cgroup/memory.max": "max\n",
            "/sys/fs/cgroup/system.slice/memory.max": "2147483648\n",
            "/sys/fs/cgroup/system.slice/docker.service/memory.max": "8589934592\n",
        ]
        #expect(limit(files) == MemoryLimit(bytes: 2 << 30, isOfControlGroup: true))
    }

    @Test func noLimitIsNone() {
        let files = ["/proc/self/cgroup": "0::/a\n", "/sys/fs/cgroup/a/memory.max": "max\n"]
        #expect(limit(files)?.isOfControlGroup == false)
    }

    @Test func versionOneIsUnderstood() {
        let files = [
            "/proc/self/cgroup": "12:cpu,cpuacct:/x\n4:memory:/docker/abc\n1:name=systemd:/docker/abc\n",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
            "/sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes": "1073741824\n",
        ]
        #expect(limit(files) == MemoryLimit(bytes: 1 << 30, isOfControlGroup: true))
        #expect(
            limit(files.filter { !$0.key.contains("abc") })
                == MemoryLimit(bytes: 16 << 30, isOfControlGroup: false))
    }

    @Test func damagedFilesAreNoLimit() {
        for line in ["", "0", "0::", "nonsense\n\n"] {
            #expect(limit(["/proc/self/cgroup": line])?.bytes == 16 << 30)
        }
    }
}
