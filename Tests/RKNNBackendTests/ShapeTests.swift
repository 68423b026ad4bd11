import FoveaBackends
import FoveaCore
import Foundation
import RKNNBackend
import Testing

/// Models that were converted for several shapes, and tensors that fit none.
@Suite(.needsCompiler) struct ShapeTests {
    private let detector = [
        "input x NHWC fp16 - 1,4,6,3", "output map NCHW fp16 - 1,3,4,6", "rung 1,4,6,3", "rung 1,6,4,3",
    ]

    @Test func runsChooseTheirShape() async throws {
        try await withStub { stub in
            let model = try stub.model(detector[0], detector[1], detector[2], detector[3])
            let session = try #require(try await stub.backend().open(model) as? RKNNSession)
            #expect(
                session.inputs == [TensorInfo(name: "x", elementType: .float32, shape: [1, 3, nil, nil])])
            #expect(
                session.outputs == [TensorInfo(name: "map", elementType: .float32, shape: [1, 3, nil, nil])])
            #expect(session.compiledShapes == [[[1, 3, 4, 6]], [[1, 3, 6, 4]]])
            let loading = try stub.calls("shapes").count
            for shape in [[1, 3, 4, 6], [1, 3, 4, 6], [1, 3, 6, 4], [1, 3, 4, 6]] {
                let outputs = try await session.run([counting(shape)])
                #expect(outputs[0].shape == shape)
                #expect(try outputs[0].floats() == tripled(72))
            }
            // Set again only where it changes.
            #expect(try stub.calls("shapes").dropFirst(loading).map { $0.suffix(1) } == ["0", "1", "0"])
        }
    }

    @Test func aSingleShapeIsSetAndFixed() async throws {
        try await withStub { stub in
            let model = try stub.model(detector[0], detector[1], detector[2])
            let session = try await stub.backend().open(model)
            #expect(session.inputs[0].shape == [1, 3, 4, 6])
            #expect(try await session.run([counting([1, 3, 4, 6])])[0].floats() == tripled(72))
            #expect(try stub.calls("shapes").count == 1)
        }
    }

    @Test func contextsOfSuchModelsAreNotDuplicated() async throws {
        try await withStub { stub in
            let model = try stub.model(detector[0], detector[1], detector[2], detector[3], "gate 2")
            let session = try await stub.backend(threads: 2).open(model)
            #expect(try stub.calls("init").count == 2)
            async let first = session.run([counting([1, 3, 4, 6])])
            async let second = session.run([counting([1, 3, 6, 4])])
            #expect(try await first[0].shape == [1, 3, 4, 6])
            #expect(try await second[0].shape == [1, 3, 6, 4])
        }
    }

    @Test func shapesOfSeveralInputsBelongTogether() async throws {
        try await withStub { stub in
            let model = try stub.model(
                "input a UNDEFINED fp16 - 1,8", "input b UNDEFINED fp16 - 1,4",
                "output y UNDEFINED fp16 - 1,8",
                "rung 1,8 1,4", "rung 1,6 1,3")
            let session = try await stub.backend().open(model)
            #expect(session.inputs.map(\.shape) == [[1, nil], [1, nil]])
            #expect(try await session.run([counting([1, 6]), counting([1, 3])])[0].floats() == tripled(6))
            let error = try await #require(throws: FoveaError.self) {
                try await session.run([counting([1, 8]), counting([1, 3])])
            }
            #expect(error.message.contains("[1, 8], [1, 4] or [1, 6], [1, 3]"))
        }
    }

    @Test func tensorsThatDoNotFitAreNamed() async throws {
        try await withStub { stub in
            let model = try stub.model("input x NHWC fp16 - 1,4,6,3", "output y UNDEFINED fp16 - 1,72")
            let session = try await stub.backend().open(model)
            func complaint(_ tensors: [Tensor]) async throws -> String {
                let error = try await #require(throws: FoveaError.self) { try await session.run(tensors) }
                #expect(error.code == .engineFailed)
                #expect(error.message.contains(model.path))
                return error.message
            }
            #expect(try await complaint([]).contains("takes 1 inputs (\"x\"), but was given 0"))
            let turned = try await complaint([counting([1, 4, 6, 3])])
            #expect(turned.contains("the shape [1, 3, 4, 6], but was given [1, 4, 6, 3]"))
            let halves = try await complaint([
                Tensor(shape: [1, 3, 4, 6], [Float16](repeating: 1, count: 72))
            ])
            #expect(halves.contains("wants float32 for its input \"x\", but was given float16"))
            #expect(try stub.calls("inputs") == [])
        }
    }

    /// Runtimes before 1.5 have one shape a model.
    @Test func anOldLibraryHasOneShape() async throws {
        try await withStub(without: [.shapes]) { stub in
            let model = try stub.model("input x UNDEFINED fp16 - 1,4", "output y UNDEFINED fp16 - 1,4")
            #expect(try await stub.backend().open(model).run([counting([1, 4])])[0].floats() == tripled(4))
        }
    }
}
