import FoveaBackends
import FoveaCore
import RKNNBackend
import Testing

/// A run's values and calls, end to end.
@Suite(.needsCompiler) struct RunTests {
    @Test func picturesAreTurnedForTheRuntimeAndBack() async throws {
        try await withStub { stub in
            // Height, width and channels differ, so that no mix-up fits.
            let model = try stub.model(
                "input image NHWC fp16 - 2,4,5,3", "output planes NCHW fp16 - 2,3,4,5",
                "output pixels NHWC fp16 - 2,4,5,3")
            let session = try await stub.backend().open(model)
            #expect(
                session.inputs == [TensorInfo(name: "image", elementType: .float32, shape: [2, 3, 4, 5])])
            #expect(
                session.outputs == [
                    TensorInfo(name: "planes", elementType: .float32, shape: [2, 3, 4, 5]),
                    TensorInfo(name: "pixels", elementType: .float32, shape: [2, 3, 4, 5]),
                ])
            let outputs = try await session.run([counting([2, 3, 4, 5])])
            #expect(outputs.map(\.shape) == [[2, 3, 4, 5], [2, 3, 4, 5]])
            #expect(try outputs[0].floats() == tripled(120))
            #expect(try outputs[1].floats() == tripled(120).map { $0 + 1000 })
        }
    }

    @Test func picturesOfOneChannelAndOfOnePixel() async throws {
        try await withStub { stub in
            for (index, (pixels, planes)) in [("1,4,5,1", [1, 1, 4, 5]), ("1,1,1,3", [1, 3, 1, 1])]
                .enumerated()
            {
                let model = try stub.model(
                    "input x NHWC fp16 - \(pixels)", "output y NHWC fp16 - \(pixels)", name: "\(index).rknn")
                let outputs = try await stub.backend().open(model).run([counting(planes)])
                #expect(outputs[0].shape == planes)
                #expect(try outputs[0].floats() == tripled(planes.reduce(1, *)))
            }
        }
    }

    @Test func whatIsNoPictureStaysAsItIs() async throws {
        try await withStub { stub in
            let model = try stub.model(
                "input a UNDEFINED fp16 - 2,3", "input b NCHW fp32 - 1,2,3,4",
                "output c UNDEFINED fp16 - 2,3",
                "output d NCHW fp16 - 1,2,3,4")
            let session = try await stub.backend().open(model)
            let outputs = try await session.run([counting([2, 3]), counting([1, 2, 3, 4])])
            #expect(try outputs[0].floats() == tripled(6))
            #expect(outputs[1].shape == [1, 2, 3, 4])
            #expect(try outputs[1].floats() == tripled(24).map { $0 + 1000 })
        }
    }

    @Test func callsComeInOrder() async throws {
        try await withStub { stub in
            let model = try stub.model("input x NHWC fp16 - 1,2,2,3", "output y NCHW fp16 - 1,3,2,2")
            var session: (any ModelSession)? = try await stub.backend().open(model)
            _ = try await session?.run([counting([1, 3, 2, 2])])
            session = nil
            try await stub.expectEverythingReleased()
            let names = try stub.calls.compactMap { $0.split(separator: " ").first.map(String.init) }
            let order = names.filter { $0 != "query" }
            #expect(order == ["init", "cores", "inputs", "run", "output", "release", "destroy"])
            #expect(try #require(names.lastIndex(of: "query")) < #require(names.firstIndex(of: "inputs")))
        }
    }

    @Test func aSessionSaysWhatItIs() async throws {
        try await withStub { stub in
            let backend = try stub.backend()
            #expect(backend.description == "RKNN")
            #expect(backend.version == nil)
            let session = try await backend.open(
                stub.model("input x NHWC fp16 - 1,2,2,3", "output y UNDEFINED fp16 - 1,12"))
            #expect(session.placement == Placement(device: "rknn", provider: "RKNN", precision: "fp16"))
            #expect(session.metadata == [:])
            #expect(session.shapes == .few)
            #expect(backend.description == "RKNN 2.3.2")
            #expect(backend.driverVersion == "0.9.8")
            #expect(backend.libraryPath == stub.library)
        }
    }
}
