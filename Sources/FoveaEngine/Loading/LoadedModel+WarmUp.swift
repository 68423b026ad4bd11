import FoveaTasks
import FoveaBackends
import FoveaCore

extension LoadedModel {
    /// Runs a model once with each shape that it is going to be given, where
    /// each new one costs a compilation: so that no request waits for it.
    ///
    /// - Parameters:
    ///   - maxResolution: what text detectors are prepared for.
    ///   - progress: is told how many of how many are done, before each and
    ///     after the last.
    /// - Throws: what the session throws.
    func warmUp(maxResolution: Int, progress: @Sendable (_ done: Int, _ total: Int) -> Void) async throws {
        guard session.shapes == .few else { return }
        let runs = warmUpShapes(maxResolution: maxResolution)
        for (index, shapes) in runs.enumerated() {
            progress(index, runs.count)
            _ = try await session.run(inputs(of: shapes))
        }
        if !runs.isEmpty { progress(runs.count, runs.count) }
    }

    private func inputs(of shapes: [[Int]]) -> [Tensor] {
        let tensors = zip(shapes, session.inputs).map { Tensor(zeros: $0, $1.elementType) }
        if case .textDetector(let detector) = self { return tensors.first.map(detector.warmUpInputs) ?? [] }
        return tensors
    }

    private var session: any ModelSession {
        switch self {
        case .imageEncoder(let model): model.session
        case .textEncoder(let model): model.session
        case .faceDetector(let model): model.session
        case .faceRecognizer(let model): model.session
        case .textDetector(let model): model.session
        case .textRecognizer(let model): model.session
        }
    }

    /// What to run: a shape for each of the inputs. A graph that takes a single
    /// one has it compiled by its first run.
    private func warmUpShapes(maxResolution: Int) -> [[[Int]]] {
        switch self {
        case .imageEncoder, .textEncoder, .faceDetector: batchShapes
        case .faceRecognizer(let model):
            (model.warmUpShapes(maxResolution: maxResolution).map { [$0] } + batchShapes).uniqued
        case .textDetector(let model):
            Self.large(model.warmUpShapes(maxResolution: maxResolution)).map { [$0] }
        case .textRecognizer(let model): model.warmUpShapes(maxResolution: maxResolution).map { [$0] }
        }
    }

    /// Those of requests that share runs; none where they do not, or where more
    /// than their number is open.
    private var batchShapes: [[[Int]]] {
        guard let batched = session as? BatchedSession else { return [] }
        let forms = session.inputs.map { $0.shape.dropFirst().compactMap { $0 } }
        guard zip(forms, session.inputs).allSatisfy({ $0.count + 1 == $1.shape.count }) else { return [] }
        let valuesPerRow = forms.reduce(0) { $0 + $1.reduce(1, *) }
        let limit = batched.rules.limit(valuesPerRow: valuesPerRow)
        return batched.rules.ladder.filter { $0 <= limit }.map { rows in forms.map { [rows] + $0 } }
    }

    /// Those of the largest pictures: Immich sends previews, which all are.
    private static func large(_ shapes: [[Int]]) -> [[Int]] {
        let shortSide = shapes.first?.dropFirst().filter { $0 > 4 }.min()
        return shapes.filter { $0.dropFirst().filter { $0 > 4 }.min() == shortSide }
    }
}

extension Array where Element: Hashable {
    /// Without those that were there before.
    fileprivate var uniqued: Self {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension Tensor {
    /// A tensor of zeros.
    fileprivate init(zeros shape: [Int], _ type: ElementType) {
        let count = shape.reduce(type.byteCount, *)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        nonisolated(unsafe) let owned = memory
        self.init(shape: shape, elementType: type, adopting: memory) { owned.deallocate() }
    }
}
