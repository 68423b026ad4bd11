import FoveaBench
import FoveaCore
import Foundation
import Testing

@Suite struct JoinedRunsTests {
    private static let detector = URL(filePath: "/models/detection/model.onnx")
    private static let recogniser = URL(filePath: "/models/recognition/model.onnx")

    /// Rows that all have the same number in them.
    private static func run(_ model: URL, _ shape: [Int], _ value: Float) -> RunRecorder.Run {
        let values = [Float](repeating: value, count: shape.reduce(1, *))
        return RunRecorder.Run(model: model, inputs: [Tensor(shape: shape, values)])
    }

    private static func shapes(_ groups: [[RunRecorder.Run]]) -> [[[Int]]] {
        groups.map { $0.map(\.inputs[0].shape) }
    }

    @Test func oneRowIsLeftAsItIs() {
        let items = [[Self.run(Self.detector, [1, 2], 1)], [Self.run(Self.recogniser, [3, 2], 2)]]
        #expect(Self.shapes(RunRecorder.Run.joined(items, rows: 1)) == [[[1, 2]], [[3, 2]]])
    }

    @Test func runsOfOneGraphAndShapeAreJoinedInOrder() throws {
        let items = [
            [Self.run(Self.detector, [1, 2], 1), Self.run(Self.recogniser, [2, 1], 2)],
            [Self.run(Self.detector, [1, 3], 3)],
            [Self.run(Self.detector, [1, 2], 4), Self.run(Self.recogniser, [1, 1], 5)],
        ]
        let groups = RunRecorder.Run.joined(items, rows: 3)
        #expect(Self.shapes(groups) == [[[2, 2], [3, 1], [1, 3]]])
        #expect(groups[0].map(\.model) == [Self.detector, Self.recogniser, Self.detector])
        #expect(try groups[0].map { try $0.inputs[0].floats() } == [[1, 1, 4, 4], [2, 2, 5], [3, 3, 3]])
    }

    @Test func groupsAreFilledFromTheFirstItemOn() throws {
        let items = (0..<5).map { [Self.run(Self.detector, [1, 1], Float($0))] }
        let groups = RunRecorder.Run.joined(items, rows: 4)
        #expect(try groups.map { try $0[0].inputs[0].floats() } == [[0, 1, 2, 3], [4, 0, 1, 2]])
        let one = RunRecorder.Run.joined(Array(items.prefix(2)), rows: 5)
        #expect(try one.map { try $0[0].inputs[0].floats() } == [[0, 1, 0, 1, 0]])
    }

    /// Pictures with many faces each.
    @Test func noRunGetsMoreRowsThanWanted() {
        let items = [2, 2, 7, 1].map { [Self.run(Self.recogniser, [$0, 1], 0)] }
        #expect(Self.shapes(RunRecorder.Run.joined(items, rows: 4)) == [[[4, 1], [7, 1], [1, 1]]])
    }

    @Test func whatHasNoRowsOrOthersIsNotJoined() {
        let scalar = RunRecorder.Run(model: Self.detector, inputs: [Tensor(shape: [], [Float(1)])])
        #expect(Self.shapes(RunRecorder.Run.joined([[scalar]], rows: 2)) == [[[], []]])
        let sizes = RunRecorder.Run(
            model: Self.detector,
            inputs: [Tensor(shape: [1, 2], [Float(1), 2]), Tensor(shape: [2], [Float(1), 2])])
        #expect(Self.shapes(RunRecorder.Run.joined([[sizes]], rows: 2)) == [[[1, 2], [1, 2]]])
        let whole = RunRecorder.Run(model: Self.detector, inputs: [Tensor(shape: [1, 1], [Int32(1)])])
        let mixed = [[whole], [Self.run(Self.detector, [1, 1], 1)]]
        #expect(Self.shapes(RunRecorder.Run.joined(mixed, rows: 2)) == [[[1, 1], [1, 1]]])
    }

    @Test func eachShapeOfEachGraphIsThereOnce() {
        let items = [
            [Self.run(Self.detector, [1, 2], 1), Self.run(Self.recogniser, [1, 2], 1)],
            [Self.run(Self.detector, [1, 2], 2), Self.run(Self.detector, [2, 2], 2)],
        ]
        let runs = RunRecorder.Run.ofEachShape(items)
        #expect(runs.map(\.inputs[0].shape) == [[1, 2], [1, 2], [2, 2]])
        #expect(runs.map(\.model) == [Self.detector, Self.recogniser, Self.detector])
    }
}
