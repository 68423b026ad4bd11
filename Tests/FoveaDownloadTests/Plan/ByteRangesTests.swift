import FoveaDownload
import Testing

@Suite struct ByteRangesTests {
    @Test func rangesThatTouchBecomeOne() {
        #expect(ByteRanges([0..<10, 20..<30]).ranges == [0..<10, 20..<30])
        #expect(ByteRanges([0..<10, 10..<20]).ranges == [0..<20])
        #expect(ByteRanges([10..<20, 0..<10]).ranges == [0..<20])
        #expect(ByteRanges([0..<10, 20..<30, 5..<25]).ranges == [0..<30])
        #expect(ByteRanges([0..<10, 20..<30, 40..<50, 10..<40]).ranges == [0..<50])
        #expect(ByteRanges([5..<6, 0..<10]).ranges == [0..<10])
        #expect(ByteRanges([5..<5]).ranges.isEmpty)
    }

    @Test func gapsAreWhatIsMissing() {
        let ranges = ByteRanges([10..<20, 30..<40])
        #expect(ranges.gaps(of: 50) == [0..<10, 20..<30, 40..<50])
        #expect(ranges.gaps(of: 35) == [0..<10, 20..<30])
        #expect(ranges.gaps(of: 0).isEmpty)
        #expect(ByteRanges().gaps(of: 5) == [0..<5])
    }

    @Test func whatLiesBehindTheEndIsCutOff() {
        #expect(ByteRanges([10..<20, 30..<40]).clipped(to: 35).ranges == [10..<20, 30..<35])
        #expect(ByteRanges([10..<20]).clipped(to: 10).ranges.isEmpty)
    }

    /// Against a set of offsets, which is what it stands for.
    @Test(arguments: 0..<40) func itIsASetOfOffsets(_ seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9 &+ 1
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        var (ranges, offsets) = (ByteRanges(), Set<Int>())
        for _ in 0..<30 {
            let start = random(100)
            let range = start..<start + random(12)
            ranges.insert(range)
            offsets.formUnion(range)
            #expect(ranges.count == offsets.count)
            #expect(Set(ranges.gaps(of: 112).joined()) == Set(0..<112).subtracting(offsets))
            #expect(
                zip(ranges.ranges, ranges.ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        }
    }
}
