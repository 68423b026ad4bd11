import FoveaEngine
import Testing

@Suite struct BatchRulesTests {
    @Test func aLadderDoubles() {
        #expect(BatchRules.ladder(upTo: 16) == [1, 2, 4, 8, 16])
        #expect(BatchRules.ladder(upTo: 12) == [1, 2, 4, 8])
        #expect(BatchRules.ladder(upTo: 1) == [1])
    }

    @Test(arguments: [
        (3 * 224 * 224, 16), (3 * 640 * 640, 3), (3 * 736 * 992, 1), (10, 16), (0, 16), (8 << 20, 1),
    ])
    func largePicturesShareFewer(valuesPerRow: Int, limit: Int) {
        #expect(BatchRules().limit(valuesPerRow: valuesPerRow) == limit)
    }

    @Test func aLadderLimitsToItsRungs() {
        #expect(BatchRules(ladder: [1, 2, 4]).limit(valuesPerRow: 3 * 640 * 640) == 2)
        #expect(BatchRules(ladder: [1, 2, 4]).limit(valuesPerRow: 1) == 4)
    }
}
