import FoveaCore
import Testing

@Suite struct ProcessorShareTests {
    @Test(
        arguments: [
            ("max 100000\n", nil), ("200000 100000\n", 2), ("50000 100000", 0.5), ("150000 100000", 1.5),
            ("", nil),
            ("1 0", nil), ("-1 100000", nil), ("a b", nil), ("200000", nil), ("nan 1", nil), ("inf 1", nil),
        ] as [(String, Double?)])
    func quotasAreRead(text: String, quota: Double?) {
        #expect(ProcessorShare.quota(cgroup2: text) == quota)
    }

    @Test func theOlderFilesAreReadToo() {
        #expect(ProcessorShare.quota(microseconds: "300000\n", period: "100000\n") == 3)
        #expect(ProcessorShare.quota(microseconds: "-1\n", period: "100000\n") == nil)
    }

    @Test(
        arguments: [(8, nil, 8), (8, 2, 2), (8, 1.5, 2), (8, 0.1, 1), (2, 16, 2), (0, nil, 1)]
            as [(Int, Double?, Int)])
    func theLesserCounts(active: Int, quota: Double?, cores: Int) {
        #expect(ProcessorShare.cores(active: active, quota: quota) == cores)
    }

    // MARK: Control groups

    private func cores(_ files: [String: String]) -> Int {
        ProcessorShare.cores(active: 16) { files[$0] }
    }

    @Test func aContainersQuotaCounts() {
        let files = ["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": "300000 100000\n"]
        #expect(cores(files) == 3)
    }

    /// As systemd's `CPUQuota=` sets one, and a slice above it another.
    @Test func theTightestAboveCounts() {
        let files = [
            "/proc/self/cgroup": "0::/system.slice/fovea.service\n",
            "/sys/fs/cgroup/system.slice/cpu.max": "400000 100000\n",
            "/sys/fs/cgroup/system.slice/fovea.service/cpu.max": "600000 100000\n",
        ]
        #expect(cores(files) == 4)
    }

    @Test func versionOneIsUnderstood() {
        let files = [
            "/proc/self/cgroup": "12:cpu,cpuacct:/docker/abc\n4:memory:/x\n",
            "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            "/sys/fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us": "250000\n",
            "/sys/fs/cgroup/cpu/docker/abc/cpu.cfs_period_us": "100000\n",
        ]
        #expect(cores(files) == 3)
    }

    @Test func noGroupIsNoQuota() {
        #expect(cores([:]) == 16)
        #expect(cores(["/proc/self/cgroup": "0::/a\n", "/sys/fs/cgroup/a/cpu.max": "max 100000\n"]) == 16)
    }
}
