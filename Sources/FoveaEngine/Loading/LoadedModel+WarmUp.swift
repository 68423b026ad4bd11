import FoveaTasks
import FoveaBackends
import FoveaCore

extension LoadedModel {
    /// Runs a model once with each shape that it is going to be given, where
    /// each new one costs a compilation: so that no request waits for it.
    ///
    /// - Parameters:
    ///   - maxResolution: what text detectors are prepared for.
    ///   - progress: is told how many of how many are done.
    /// - Throws: what the session throws.
    func warmUp(maxResolution: Int, progress: @Sendable (_ done: Int, _ total: Int) -> Void) async throws {
        let (session, shapes) = warmUps(maxResolution: maxResolution)
        guard let session, session.shapes == .few, let type = session.inputs.first?.elementType else {
            return
        }
        for (index, shape) in shapes.enumerated() {
            progress(index, shapes.count)
            let first = Tensor(zeros: shape, type)
            if case .textDetector(let detector) = self {
                _ = try await session.run(detector.warmUpInputs(first))
            } else {
                _ = try await session.run([first])
            }
        }
    }

    /// What to run, and with which shapes of the only input. The others have a
    /// single shape, which their first run compiles.
    private func warmUps(maxResolution: Int) -> (session: (any ModelSession)?, shapes: [[Int]]) {
        switch self {
        case .imageEncoder, .textEncoder, .faceDetector: (nil, [])
        case .faceRecognizer(let model): (model.session, model.warmUpShapes(maxResolution: maxResolution))
        case .textDetector(let model):
            (model.session, Self.large(model.warmUpShapes(maxResolution: maxResolution)))
        case .textRecognizer(let model): (model.session, model.warmUpShapes(maxResolution: maxResolution))
        }
    }

    /// Those of the largest pictures: Immich sends previews, which all are.
    private static func large(_ shapes: [[Int]]) -> [[Int]] {
        let shortSide = shapes.first?.dropFirst().filter { $0 > 4 }.min()
        return shapes.filter { $0.dropFirst().filter { $0 > 4 }.min() == shortSide }
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
