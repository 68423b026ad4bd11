import FoveaCore
import Testing

@Suite struct TensorBatchesTests {
    @Test func rowsAreJoinedAndSplitAgain() throws {
        let first = Tensor(shape: [1, 2], [Float(1), 2])
        let second = Tensor(shape: [2, 2], [Float(3), 4, 5, 6])
        let joined = Tensor.joined([first, second])
        #expect(joined.shape == [3, 2])
        #expect(try joined.floats() == [1, 2, 3, 4, 5, 6])
        let parts = try #require(joined.split([1, 2]))
        #expect(parts.map(\.shape) == [[1, 2], [2, 2]])
        #expect(try parts.map { try $0.floats() } == [[1, 2], [3, 4, 5, 6]])
    }

    /// As detectors have it, with several rows for each picture.
    @Test func multiplesOfTheRowsAreSplitAlike() throws {
        let tensor = Tensor(shape: [6, 1], [Int64(1), 2, 3, 4, 5, 6])
        let parts = try #require(tensor.split([1, 2]))
        #expect(parts.map(\.shape) == [[2, 1], [4, 1]])
        let values = try parts.map { try $0.withElements(as: Int64.self) { Array($0) } }
        #expect(values == [[1, 2], [3, 4, 5, 6]])
    }

    @Test func otherNumbersOfRowsCannotBeSplit() {
        #expect(Tensor(shape: [5], [Float](repeating: 0, count: 5)).split([1, 1]) == nil)
        #expect(Tensor(shape: [], [Float(1)]).split([1, 1]) == nil)
        #expect(Tensor(shape: [0, 4], [Float]()).split([1, 1]) == nil)
    }
}
