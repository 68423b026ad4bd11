import FoveaEngine
import Testing

@Suite struct PlacementChoiceTests {
    private static let refused = Standing.refused(reason: "it is broken")

    @Test(arguments: [
        ([Standing.proven], false, PlacementChoice.use(0)),
        ([.proven, .proven], false, .use(0)),
        ([refused, .proven], false, .use(1)),
        ([.slower, .proven], false, .use(1)),
        ([.slower], false, .none),
        ([.unknown, .proven], false, .useWhileTrying(1, candidate: 0)),
        ([.unknown, .proven], true, .tryOut(0)),
        ([.unknown, .unknown, .proven], false, .useWhileTrying(2, candidate: 0)),
        ([refused, .unknown, .proven], false, .useWhileTrying(2, candidate: 1)),
        // Nothing to run on meanwhile.
        ([.unknown], false, .tryOut(0)),
        ([.unknown, refused], false, .tryOut(0)),
        // Another request's trial: no second one.
        ([.onTrial, .proven], false, .use(1)),
        ([.onTrial, .proven], true, .use(1)),
        ([.onTrial], false, .tryOut(0)),
        ([refused], false, .none),
        ([refused, refused], true, .none),
        ([], false, .none),
    ])
    func choice(standings: [Standing], waits: Bool, expected: PlacementChoice) {
        #expect(PlacementChoice(standings, waits: waits) == expected)
    }
}
