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
}
