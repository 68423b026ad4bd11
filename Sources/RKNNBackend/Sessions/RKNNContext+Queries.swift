import CRKNN
import FoveaCore

extension RKNNContext {
    func counts() throws(RKNNStatus) -> (inputs: Int, outputs: Int) {
        var counts = RKNNCounts()
        try ask(RKNN_ASK_COUNTS, &counts)
        return (Int(counts.inputs), Int(counts.outputs))
    }

    /// What the model says about an input or output.
    ///
    /// - Parameter what: `RKNN_ASK_INPUT`, `RKNN_ASK_OUTPUT` or
    ///   `RKNN_ASK_CURRENT_OUTPUT`.
    func attributes(_ what: Int, _ index: Int) throws(RKNNStatus) -> RKNNAttributes {
        var attributes = RKNNAttributes()
        attributes.index = UInt32(index)
        try ask(what, &attributes)
        return attributes
    }

    /// Text that the model's converter left in it; `nil` where there is none,
    /// and where the runtime is too old to tell.
    func customText() -> String? {
        var answer = RKNNCustomText()
        guard (try? ask(RKNN_ASK_CUSTOM_TEXT, &answer)) != nil else { return nil }
        let text = withUnsafeBytes(of: answer.text) { String(characters: $0.bindMemory(to: CChar.self)) }
        return text.isEmpty ? nil : text
    }

    /// `nil` where the runtime does not tell.
    func versions() -> RKNNLibrary.Versions? {
        var answer = RKNNVersions()
        guard (try? ask(RKNN_ASK_VERSIONS, &answer)) != nil else { return nil }
        func number(_ text: some Sequence<CChar>) -> String {
            // As in "2.3.0 (c949ad889d@2024-11-07T11:35:33)".
            String(String(characters: text).prefix { $0 != " " })
        }
        return RKNNLibrary.Versions(
            library: withUnsafeBytes(of: answer.library) { number($0.bindMemory(to: CChar.self)) },
            driver: withUnsafeBytes(of: answer.driver) { number($0.bindMemory(to: CChar.self)) })
    }

    /// The shapes that the model was converted for, as the runtime orders the
    /// dimensions: for each, one an input. `nil` for models of one shape.
    ///
    /// The n-th shapes of the inputs belong together (RKNN SDK, "Dynamic Shape
    /// Usage").
    func shapes(inputs: Int) throws -> [[[Int]]]? {
        guard library.functions.setShapes != nil, inputs > 0 else { return nil }
        var columns: [[[Int]]] = []
        for input in 0..<inputs {
            guard let shapes = shapes(of: input) else { return nil }
            columns.append(shapes)
        }
        guard let count = columns.first?.count, count > 0, columns.allSatisfy({ $0.count == count }) else {
            throw FoveaError(.modelInvalid, "Its inputs have different numbers of shapes.")
        }
        return (0..<count).map { rung in columns.map { $0[rung] } }
    }

    private func shapes(of input: Int) -> [[Int]]? {
        var count: UInt32 = 0
        var rank: UInt32 = 0
        var lengths = [UInt32](repeating: 0, count: RKNN_MOST_SHAPES * RKNN_MOST_DIMENSIONS)
        let status = withUnsafePointer(to: library.functions) {
            fovea_rknn_query_shapes($0, handle, UInt32(input), &count, &rank, &lengths)
        }
        guard status >= RKNN_OK else { return nil }
        let width = Int(rank)
        return (0..<Int(count)).map { shape in
            lengths[(shape * width)..<((shape + 1) * width)].map(Int.init)
        }
    }

    private func ask<Answer: BitwiseCopyable>(_ what: Int, _ answer: inout Answer) throws(RKNNStatus) {
        let status = library.functions.query(
            handle, Int32(what), &answer, UInt32(MemoryLayout<Answer>.size))
        try library.check("rknn_query", status)
    }
}
