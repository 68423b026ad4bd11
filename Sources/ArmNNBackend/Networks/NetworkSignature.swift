import CArmNN
import FoveaBackends
import FoveaCore

/// What a network takes and gives.
struct NetworkSignature: Sendable {
    let inputs: [TensorInfo]
    let outputs: [TensorInfo]

    /// - Throws: ``FoveaError/Code/modelInvalid`` if elements are of a kind that
    ///   there are no values for.
    init(of network: OpaquePointer, in library: ArmNNLibrary, path: String) throws {
        func tensors(_ which: Int) throws -> [TensorInfo] {
            let which = Int32(which)
            return try (0..<library.api.pointee.tensor_count(network, which)).map { index in
                var native = fovea_armnn_tensor_info()
                guard library.api.pointee.tensor(network, which, index, &native) == Int32(FOVEA_ARMNN_OK)
                else {
                    throw FoveaError(.modelInvalid, "Arm NN does not describe all tensors of \(path).")
                }
                return try TensorInfo(native, path: path)
            }
        }
        inputs = try tensors(FOVEA_ARMNN_INPUTS)
        outputs = try tensors(FOVEA_ARMNN_OUTPUTS)
    }
}

extension TensorInfo {
    fileprivate init(_ native: fovea_armnn_tensor_info, path: String) throws {
        let name = native.name.map { String(cString: $0) } ?? ""
        guard let elementType = ElementType(armNN: native.type) else {
            let type = native.type_name.map { String(cString: $0) } ?? "elements of an unknown type"
            throw FoveaError(
                .modelInvalid,
                """
                The tensor "\(name)" of the model \(path) holds \(type), which is not supported: \
                use a float model.
                """
            )
        }
        let rank = min(Int(native.rank), Int(FOVEA_ARMNN_MAX_RANK))
        let shape = withUnsafeBytes(of: native.dimensions) { bytes in
            bytes.bindMemory(to: UInt32.self).prefix(rank).map { Int($0) as Int? }
        }
        self.init(name: name, elementType: elementType, shape: shape)
    }
}

extension ElementType {
    /// The type for the shim's number; `nil` for types that Fovea has no values for.
    fileprivate init?(armNN number: Int32) {
        switch Int(number) {
        case FOVEA_ARMNN_FLOAT32: self = .float32
        case FOVEA_ARMNN_FLOAT16: self = .float16
        case FOVEA_ARMNN_INT32: self = .int32
        case FOVEA_ARMNN_INT64: self = .int64
        case FOVEA_ARMNN_BOOL: self = .bool
        default: return nil
        }
    }
}
