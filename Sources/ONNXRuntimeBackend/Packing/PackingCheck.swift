import FoveaBackends
import FoveaCore

/// Compares a packed model with the one it was made from, on made-up input.
///
/// Both run the same kernels on the same numbers, so their answers are the same
/// to the last bit, or something is wrong with the packed one.
enum PackingCheck {
    /// Blocks while both run.
    ///
    /// - Returns: whether the answers are the same; `false` as well where the
    ///   model does not run on what can be made up for it.
    static func agree(_ model: ONNXRuntimeSession, _ packed: ONNXRuntimeSession) -> Bool {
        guard model.inputs == packed.inputs, model.outputs == packed.outputs,
            model.metadata == packed.metadata
        else { return false }
        let inputs = model.inputs.map(madeUp)
        do {
            let expected = try model.runNow(inputs, RunOptions(model.environment.library))
            let actual = try packed.runNow(inputs, RunOptions(packed.environment.library))
            return expected.count == actual.count
                && zip(expected, actual).allSatisfy { expected, actual in
                    expected.shape == actual.shape
                        && expected.storage.bytes.elementsEqual(actual.storage.bytes)
                }
        } catch {
            return false
        }
    }

    /// A tensor an input takes: one row, open sides of pictures 640 long, which
    /// is what face detectors are made for and all others take, and others 16.
    private static func madeUp(_ info: TensorInfo) -> Tensor {
        let shape = info.shape.enumerated().map { index, length in
            length ?? (index == 0 ? 1 : info.shape.count == 4 ? 640 : 16)
        }
        let count = shape.reduce(1, *)
        switch info.elementType {
        case .int32: return Tensor(shape: shape, (0..<count).map { Int32($0 % 100) })
        case .int64: return Tensor(shape: shape, (0..<count).map { Int64($0 % 100) })
        case .uint8: return Tensor(shape: shape, (0..<count).map { UInt8($0 % 251) })
        case .float16: return Tensor(shape: shape, (0..<count).map { Float16(wave($0)) })
        default: return Tensor(shape: shape, (0..<count).map(wave))
        }
    }

    /// −1…1, without a period that layers could share.
    private static func wave(_ index: Int) -> Float { Float(index % 251) / 125 - 1 }
}
