import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import Testing

@Suite struct WireTests {
    private static let model = ONNXModel(
        inputs: [.init("x", .float32, ["n", 3, "h", "w"])],
        outputs: [.init("y", .float32, ["n", 2, "h", "w"])],
        nodes: [
            .init("Conv", ["x", "w"], ["a"], ["pads": [1, 1, 1, 1], "kernel_shape": [3, 3]]),
            .init("Sigmoid", ["a"], ["y"]),
        ],
        initializers: ["w": Tensor(shape: [2, 3, 3, 3], [Float](repeating: 0.25, count: 54))],
        metadata: ["character": "ä\nb"])

    @Test func whatIsNotTouchedIsWrittenAsItWas() throws {
        #expect(try Self.model.parsed().bytes == Self.model.encoded())
    }

    /// Fields that nobody knows of, and a number that takes more bytes than it
    /// has to: 1 as 81 80 00, by the encoding's rules.
    @Test func unknownFieldsStay() throws {
        var bytes: [UInt8] = [0xF8, 0x3F, 0x81, 0x80, 0x00]  // field 1023, varint
        bytes += [0xFD, 0x3F, 1, 2, 3, 4]  // field 1023, four bytes
        bytes += [0xF9, 0x3F, 1, 2, 3, 4, 5, 6, 7, 8]  // field 1023, eight bytes
        bytes += Self.model.encoded()
        bytes += [0xFA, 0x3F, 2, 0xFF, 0xFE]  // field 1023, two bytes that are no text
        var model = try ModelProto(ByteSlice(Data(bytes)))
        #expect(model.bytes == bytes)
        let nodes = try model.graph.nodes()
        model.graph.setNodes(nodes)
        #expect(model.bytes == bytes)
    }

    @Test func nodesAreRead() throws {
        let graph = try Self.model.parsed().graph
        let nodes = try graph.nodes()
        #expect(nodes.map(\.type) == ["Conv", "Sigmoid"])
        #expect(nodes[0].inputs == ["x", "w"])
        #expect(try nodes[0].ints("pads") == [1, 1, 1, 1])
        #expect(try graph.inputs().map(\.name) == ["x"])
        #expect(try graph.inputs()[0].shape == [.named("n"), .fixed(3), .named("h"), .named("w")])
        #expect(try graph.initializers().map(\.shape) == [[2, 3, 3, 3]])
        #expect(try Self.model.parsed().opset == 17)
    }

    /// Lists of numbers may be packed into one field or not: 3, 270 and 86942
    /// packed, from protobuf.dev's "Encoding".
    @Test func packedNumbersAreRead() throws {
        let packed: [UInt8] = [0x32, 0x06, 0x03, 0x8E, 0x02, 0x9E, 0xA7, 0x05]
        let message = try WireMessage(ByteSlice(Data(packed)))
        #expect(try message.ints(6) == [3, 270, 86942])
        let each: [UInt8] = [0x30, 0x03, 0x30, 0x8E, 0x02, 0x30, 0x9E, 0xA7, 0x05]
        #expect(try WireMessage(ByteSlice(Data(each))).ints(6) == [3, 270, 86942])
        #expect(throws: FoveaError.self) { try message.ints(6, limit: 2) }
    }

    @Test(arguments: [
        [0x08], [0x0A, 0x05, 1], [0x0D, 1, 2], [0x09, 1], [0x0B], [0x0F], [0x00, 1],
        [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
        [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1],
    ])
    func brokenFieldsAreRefused(bytes: [UInt8]) {
        #expect { try WireMessage(ByteSlice(Data(bytes))) } throws: {
            ($0 as? FoveaError)?.code == .modelInvalid
        }
    }

    /// Nothing but an error comes of bytes that are no model, and of a model
    /// that was changed a model, if any.
    private func check(_ bytes: [UInt8]) throws -> Bool {
        do {
            for rewrite in GraphRewrite.allCases {
                var model = try ModelProto(ByteSlice(Data(bytes)))
                guard try rewrite.apply(to: &model) == .rewritten else { continue }
                _ = try ModelProto(ByteSlice(Data(model.bytes))).graph.nodes()
            }
            return true
        } catch let error as FoveaError {
            #expect(error.code == .modelInvalid)
            return false
        }
    }

    private static let models = [
        model, BatchGraphs.tokensFirst, BatchGraphs.lastToken, BatchGraphs.computedLengths, BatchGraphs.lists,
    ]

    @Test(arguments: models.indices)
    func whatIsCutShortIsRefused(index: Int) throws {
        let bytes = Self.models[index].encoded()
        let read = try (0..<bytes.count).count { try check(Array(bytes.prefix($0))) }
        // The graph is one field; only what comes after it may be missing.
        #expect(read < 100)
    }

    @Test(arguments: models.indices)
    func whatIsChangedIsRefusedOrRead(index: Int) throws {
        let whole = Self.models[index].encoded()
        var numbers = Numbers(UInt64(index))
        var read = 0
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                let place = Int.random(in: 0..<bytes.count, using: &numbers)
                bytes[place] = UInt8.random(in: 0...255, using: &numbers)
            }
            if try check(bytes) { read += 1 }
        }
        #expect(0 < read && read < 2000)
    }

    @Test func randomBytesAreRefused() throws {
        var numbers = Numbers(9)
        for _ in 0..<1000 {
            let count = Int.random(in: 0...200, using: &numbers)
            #expect(try !check((0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }))
        }
    }

    @Test func aModelWithoutAGraphIsRefused() {
        #expect(throws: FoveaError.self) { try ModelProto(ByteSlice(Data())) }
    }
}
