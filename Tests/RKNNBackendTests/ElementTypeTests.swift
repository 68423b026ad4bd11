import FoveaBackends
import FoveaCore
import RKNNBackend
import Testing

/// Elements that are no floating-point numbers, or stand for some.
@Suite(.needsCompiler) struct ElementTypeTests {
    @Test func quantizedNumbersComeAsFloats() async throws {
        try await withStub { stub in
            let model = try stub.model(
                "input x NHWC int8 -128*0.25 1,2,2,3", "output y NCHW int8 -3*0.5 1,3,2,2")
            let session = try await stub.backend().open(model)
            #expect(session.inputs[0].elementType == .float32)
            #expect(session.outputs[0].elementType == .float32)
            #expect(session.placement.precision == "int8")
            let outputs = try await session.run([counting([1, 3, 2, 2])])
            // Whole numbers up to 33 are multiples of the scale and in range.
            #expect(try outputs[0].floats() == tripled(12))
            #expect(try stub.calls("output").allSatisfy { $0.hasSuffix("float=1") })
        }
    }

    @Test func tokenIdsStayWhole() async throws {
        try await withStub { stub in
            let model = try stub.model(
                "input text UNDEFINED int32 - 1,4", "input mask UNDEFINED int64 - 1,4",
                "output embedding UNDEFINED fp16 - 1,4", "output indices UNDEFINED int64 - 1,4")
            let session = try await stub.backend().open(model)
            #expect(session.inputs.map(\.elementType) == [.int32, .int64])
            #expect(session.outputs.map(\.elementType) == [.float32, .int64])
            let outputs = try await session.run([
                Tensor(shape: [1, 4], [Int32(49406), 3306, 49407, 0]),
                Tensor(shape: [1, 4], [Int64(1), 1, 1, 0]),
            ])
            #expect(try outputs[0].floats() == [98812, 6613, 98816, 3])
            #expect(try outputs[1].withElements(as: Int64.self) { Array($0) } == [1002, 1003, 1004, 1003])
            #expect(try stub.calls("output").map { $0.suffix(7) } == ["float=1", "float=0"])
        }
    }

    @Test func wholePicturesAreTurned() async throws {
        try await withStub { stub in
            let model = try stub.model("input x NHWC int32 - 1,2,3,2", "output y NHWC int8 - 1,2,3,2")
            let session = try await stub.backend().open(model)
            #expect(session.outputs[0] == TensorInfo(name: "y", elementType: .int8, shape: [1, 2, 2, 3]))
            let outputs = try await session.run([Tensor(shape: [1, 2, 2, 3], (0..<12).map { Int32($0) })])
            #expect(try outputs[0].withElements(as: Int8.self) { Array($0) } == (0..<12).map { Int8(3 * $0) })
        }
    }

    @Test func aDeclaredModelTakesPixelsAsTheyAre() async throws {
        try await withStub { stub in
            let model = try stub.model(
                "input image NHWC fp16 - 1,2,2,3", "output y UNDEFINED fp16 - 1,2,2,3",
                #"custom {"dims": [{"height": 2, "width": 2}]}"#)
            let session = try await stub.backend().open(model)
            #expect(session.inputs == [TensorInfo(name: "image", elementType: .uint8, shape: [1, 2, 2, 3])])
            #expect(session.metadata == ["custom_string": #"{"dims": [{"height": 2, "width": 2}]}"#])
            // One channel after the other: 0 4 8, 1 5 9, … pixel by pixel.
            let pixels: [UInt8] = [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]
            let outputs = try await session.run([Tensor(shape: [1, 2, 2, 3], pixels)])
            #expect(try outputs[0].floats() == tripled(12))
        }
    }

    @Test func anyOtherTextChangesNothing() async throws {
        try await withStub { stub in
            let model = try stub.model(
                "input image NHWC fp16 - 1,2,2,3", "output y UNDEFINED fp16 - 1,12", "custom my model, v2")
            let session = try await stub.backend().open(model)
            #expect(session.inputs[0].elementType == .float32)
            #expect(session.metadata == ["custom_string": "my model, v2"])
        }
    }

    @Test(arguments: [("bf16", "bf16"), ("fp32", "fp16"), ("fp16", "fp16")])
    func precisionFollowsTheTypes(type: String, precision: String) async throws {
        try await withStub { stub in
            let model = try stub.model("input x UNDEFINED \(type) - 1,4", "output y UNDEFINED \(type) - 1,4")
            #expect(try await stub.backend().open(model).placement.precision == precision)
        }
    }
}
