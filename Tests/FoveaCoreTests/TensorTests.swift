import FoveaCore
import Synchronization
import Testing

@Suite struct TensorTests {
    @Test func elementsAreKeptInOrder() throws {
        let tensor = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6] as [Int32])
        #expect(tensor.shape == [2, 3])
        #expect(tensor.elementType == .int32)
        #expect(tensor.count == 6)
        #expect(try tensor.withElements(as: Int32.self) { Array($0) } == [1, 2, 3, 4, 5, 6])
    }

    @Test func aScalarHasOneElementAndAnEmptyTensorNone() throws {
        let scalar = Tensor(shape: [], [7 as Float])
        #expect(scalar.count == 1)
        #expect(try scalar.floats() == [7])
        let empty = Tensor(shape: [3, 0, 2], [Float]())
        #expect(empty.count == 0)
        #expect(try empty.floats() == [])
    }

    @Test func memoryIsFilledInPlace() throws {
        let tensor = Tensor(shape: [2, 2]) { (values: UnsafeMutableBufferPointer<Float>) in
            #expect(values.count == 4)
            for index in values.indices { values.initializeElement(at: index, to: Float(index) / 2) }
        }
        #expect(try tensor.floats() == [0, 0.5, 1, 1.5])
    }

    @Test func whatTheInitialiserThrowsIsThrown() {
        #expect(throws: CancellationError.self) {
            try Tensor(shape: [1]) { (_: UnsafeMutableBufferPointer<Float>) in throw CancellationError() }
        }
    }

    /// A half has 11 significant bits: 2049 = 2¹¹ + 1 is rounded to the even 2048.
    @Test func halvesBecomeFloats() throws {
        let tensor = Tensor(shape: [4], [0.5, -2, Float16(2049 as Float), .infinity])
        #expect(try tensor.floats() == [0.5, -2, 2048, .infinity])
    }

    @Test func otherTypesAreNoFloats() {
        let others = [
            Tensor(shape: [1], [1 as UInt8]), Tensor(shape: [1], [1 as Int8]),
            Tensor(shape: [1], [1 as Int32]),
            Tensor(shape: [1], [1 as Int64]), Tensor(shape: [1], [true]),
        ]
        #expect(others.map(\.elementType) == [.uint8, .int8, .int32, .int64, .bool])
        for tensor in others {
            let error = #expect(throws: FoveaError.self) { try tensor.floats() }
            #expect(error?.code == .modelInvalid)
            #expect(error?.message.contains(tensor.elementType.rawValue) == true)
        }
    }

    @Test func elementsOfAnotherTypeAreRefused() {
        let tensor = Tensor(shape: [1], [1 as Float])
        let error = #expect(throws: FoveaError.self) {
            try tensor.withElements(as: Int32.self) { _ in Issue.record("Read as another type") }
        }
        #expect(error?.code == .modelInvalid)
        #expect(error?.message.contains("float32") == true && error?.message.contains("int32") == true)
    }

    @Test(arguments: [[6], [3, 2], [1, 2, 3, 1]])
    func aShapeMayChange(shape: [Int]) throws {
        let tensor = Tensor(shape: [2, 3], [1, 2, 3, 4, 5, 6] as [Float])
        let reshaped = tensor.reshaped(shape)
        #expect(reshaped.shape == shape)
        #expect(try reshaped.floats() == [1, 2, 3, 4, 5, 6])
        // The same memory, not a copy of it.
        let addresses = try [tensor, reshaped].map { try $0.withElements(as: Float.self) { $0.baseAddress } }
        #expect(addresses[0] == addresses[1])
    }

    /// Sizes by the types' names: bits divided by eight.
    @Test func elementsHaveTheirSize() {
        let bytes: [ElementType: Int] = [
            .float32: 4, .float16: 2, .uint8: 1, .int8: 1, .int32: 4, .int64: 8, .bool: 1,
        ]
        for type in ElementType.allCases { #expect(type.byteCount == bytes[type]) }
    }

    @Test func adoptedMemoryIsReleasedWithTheLastCopy() throws {
        let releases = Releases()
        let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2)
        _ = memory.initialize(fromContentsOf: [3, 4])
        defer { memory.deallocate() }
        var tensor: Tensor? = Tensor(
            shape: [2], elementType: .float32,
            adopting: UnsafeMutableRawPointer(try #require(memory.baseAddress))
        ) {
            releases.count.withLock { $0 += 1 }
        }
        var copy = tensor?.reshaped([1, 2])
        tensor = nil
        #expect(releases.count.withLock { $0 } == 0)
        #expect(try copy?.floats() == [3, 4])
        copy = nil
        #expect(releases.count.withLock { $0 } == 1)
    }

    private final class Releases: Sendable {
        let count = Mutex(0)
    }
}
