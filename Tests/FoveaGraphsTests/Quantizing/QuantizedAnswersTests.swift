import FoveaBackends
import FoveaCore
import FoveaGraphs
import FoveaTesting
import Foundation
import ONNXRuntimeBackend
import Testing

/// Expected bytes, scales and answers are those of `quantize_dynamic`:
/// Tests/Fixtures/quantizing/record.py.
@Suite struct QuantizedAnswersTests {
    private struct Expected {
        var bytes: [Int8]
        var sum, weightedSum: Int
        var scales: [Float]
    }

    private func expected(_ rewrite: GraphRewrite) -> Expected {
        rewrite == .int8
            ? Expected(
                bytes: [-127, -99, -71, -43, -15, 13, 41, 69], sum: 8, weightedSum: -2638,
                scales: [
                    0.0007689468329772353, 0.0015378936659544706, 0.0023068406153470278,
                    0.0030757873319089413, 0.0038447342813014984,
                ])
            : Expected(
                bytes: [-64, -50, -36, -22, -8, 6, 20, 35], sum: 4, weightedSum: -1610,
                scales: [
                    0.00152587890625, 0.0030517578125, 0.00457763671875, 0.006103515625, 0.00762939453125,
                ])
    }

    @Test(arguments: [GraphRewrite.int8, .int8Narrow], [false, true])
    func weightsAreThoseOfTheReference(rewrite: GraphRewrite, isTransposed: Bool) async throws {
        let expected = expected(rewrite)
        try await QuantizedFiles.with(isTransposed ? QuantizingGraphs.gemm : QuantizingGraphs.matMul) {
            files in
            let copy = try files.made(rewrite)
            let bytes = try QuantizedFiles.weights(of: copy)
            #expect(bytes.count == 128 * 128)
            #expect(Array(bytes.prefix(8)) == expected.bytes)
            #expect(bytes.reduce(0) { $0 + Int($1) } == expected.sum)
            #expect(
                bytes.enumerated().reduce(0) { $0 + Int($1.element) * ($1.offset % 251) }
                    == expected.weightedSum)
            let constants = try GraphFile.read(copy).graph.initializers()
            let scales = try #require(try constants.first { $0.name == "w_scales" }?.floats())
            #expect(Array(scales.prefix(5)) == expected.scales)
            #expect(!constants.contains { $0.name == "w" })
        }
    }

    private func answer(_ model: ONNXModel, _ rewrite: GraphRewrite) async throws -> [Float] {
        var answer: [Float] = []
        try await QuantizedFiles.with(model) { files in
            let session = try await ONNXRuntimeBackend().open(try files.made(rewrite))
            answer = try await session.run([QuantizingGraphs.input])[0].floats()
        }
        return answer
    }

    private func expect(_ answer: [Float], _ first: [Float], _ last: [Float]) {
        #expect(answer.count == 256)
        for (value, expected) in zip(answer.prefix(6) + answer.suffix(4), first + last) {
            #expect(abs(value - expected) <= 1e-5 * max(1, abs(expected)), "\(value), \(expected)")
        }
    }

    /// What adds up in 16 bits on some processors is right on all.
    @Test func narrowProducts() async throws {
        expect(
            try await answer(QuantizingGraphs.matMul, .int8Narrow),
            [
                0.1068534106016159, -1.1566221714019775, 1.8773696422576904, 0.8208989500999451,
                -0.5308113694190979, 0.430450439453125,
            ],
            [-0.13749365508556366, -0.4054439961910248, 0.2742333710193634, 0.40732890367507935])
        expect(
            try await answer(QuantizingGraphs.gemm, .int8Narrow),
            [
                0.1068534106016159, -1.1253721714019775, 1.9398696422576904, 0.9146489500999451,
                -0.4058113694190979, 0.586700439453125,
            ],
            [3.73750638961792, 3.5008060932159424, 4.211733341217041, 4.376079082489014])
    }

    private static let addsBytesExactly: Bool = {
        #if arch(x86_64)
            return ProcessorFeatures.current.contains("vnni")
        #else
            return true
        #endif
    }()

    @Test(
        .enabled(
            if: addsBytesExactly,
            "This processor adds products of bytes in 16 bits, where these overflow"))
    func products() async throws {
        expect(
            try await answer(QuantizingGraphs.matMul, .int8),
            [
                0.10720928013324738, -1.1611700057983398, 1.8786323070526123, 0.820903480052948,
                -0.5441731214523315, 0.43330153822898865,
            ],
            [-0.1561489850282669, -0.4055546224117279, 0.27461954951286316, 0.4091114103794098])
        expect(
            try await answer(QuantizingGraphs.gemm, .int8),
            [
                0.10720928013324738, -1.1299200057983398, 1.9411323070526123, 0.914653480052948,
                -0.41917312145233154, 0.589551568031311,
            ],
            [3.718851089477539, 3.5006954669952393, 4.2121195793151855, 4.377861499786377])
    }

    /// A column of zeros, and one with a single weight: 0.5 · byte 127.
    @Test func columnsHaveScalesOfTheirOwn() async throws {
        var values = [Float](repeating: 0, count: 128 * 128)
        values[128 * 3 + 1] = 0.5
        let model = QuantizingGraphs.model(
            [.init("MatMul", ["a", "w"], ["y"])], ["w": Tensor(shape: [128, 128], values)])
        try await QuantizedFiles.with(model) { files in
            let copy = try files.made()
            let scales = try #require(
                try GraphFile.read(copy).graph.initializers().first { $0.name == "w_scales" }?.floats())
            #expect(scales[0] == 1 && scales[1] == 0.5 / 127)
            let bytes = try QuantizedFiles.weights(of: copy)
            #expect(bytes[128 * 3 + 1] == 127 && bytes.count { $0 != 0 } == 1)
        }
    }

    /// Weights in a file of their own, which the copy no longer needs.
    @Test func weightsBesideTheGraph() async throws {
        try await QuantizedFiles.with(QuantizingGraphs.matMul) { files in
            var model = try GraphFile.read(files.graph)
            let own = try await files.bytes(of: QuantizingGraphs.weights)
            let data = Data(count: 4096) + own + Data(count: 10)
            try data.write(to: files.graph.deletingLastPathComponent().appending(path: "w.bin"))
            let entries = [("location", "w.bin"), ("offset", "4096"), ("length", "65536")]
            let fields = entries.map {
                WireField.message(13, WireMessage([.text(1, $0.0), .text(2, $0.1)]))
            }
            let tensor = WireMessage(
                [.int(1, 128), .int(1, 128), .int(2, 1), .text(8, "w")] + fields + [.int(14, 1)])
            model.graph.message.replace(5, with: [.message(5, tensor)])
            try FileManager.default.removeItem(at: files.graph)
            try GraphFile.write(model, to: files.graph)
            #expect(try GraphFile.byteCount(files.graph) > 65536)

            let copy = try files.made()
            #expect(Array(try QuantizedFiles.weights(of: copy).prefix(8)) == expected(.int8).bytes)
            let folder = copy.deletingLastPathComponent().path
            #expect(
                try Set(FileManager.default.contentsOfDirectory(atPath: folder)) == [
                    "model.onnx", "model.int8.data",
                ])
            #expect(try (16384..<20000).contains(GraphFile.byteCount(copy)))
        }
    }

    @Test func whatGoesIntoSeveralProductsIsRoundedOnce() async throws {
        let model = QuantizingGraphs.model(
            [
                .init("MatMul", ["a", "w"], ["p"]), .init("MatMul", ["a", "w"], ["q"]),
                .init("Add", ["p", "q"], ["y"]),
            ], ["w": QuantizingGraphs.weights])
        try await QuantizedFiles.with(model) { files in
            let copy = try files.made(.int8Narrow)
            let types = try GraphFile.read(copy).graph.nodes().map(\.type)
            #expect(types.count { $0 == "DynamicQuantizeLinear" } == 1)
            #expect(types.count { $0 == "MatMulInteger" } == 2)
            #expect(try QuantizedFiles.weights(of: copy).count == 128 * 128)
            let session = try await ONNXRuntimeBackend().open(copy)
            let answer = try await session.run([QuantizingGraphs.input])[0].floats()
            #expect(abs(answer[0] - 2 * 0.1068534106016159) < 1e-5)
        }
    }
}

extension QuantizedFiles {
    fileprivate func bytes(of tensor: Tensor) async throws -> Data {
        try tensor.withElements(as: Float.self) { Data(buffer: $0) }
    }
}
