import CONNXRuntime
import FoveaCore

extension Environment {
    /// A native tensor over the memory of `tensor`, which must outlive it.
    func value(over tensor: Tensor) throws -> NativeHandle {
        let bytes = tensor.storage.bytes
        let shape = tensor.shape.map { Int64($0) }
        return try library.make("wrap an input", release: library.api.pointee.ReleaseValue) {
            library.api.pointee.CreateTensorWithDataAsOrtValue(
                hostMemory.pointer, bytes.baseAddress, bytes.count, shape, shape.count,
                Int32(tensor.elementType.onnx), &$0)
        }
    }

    /// A tensor over the memory of a native one, which it keeps.
    ///
    /// - Parameters:
    ///   - name: what to call the output in errors.
    ///   - inputs: what the run was given. A graph may pass an input through,
    ///     whose memory is then the output's and is kept as well.
    func tensor(adopting value: NativeHandle, name: String, inputs: [Tensor]) throws -> Tensor {
        let api = library.api
        let info = try library.make(
            "tell the shape of output \(name)", release: api.pointee.ReleaseTensorTypeAndShapeInfo
        ) { api.pointee.GetTensorTypeAndShape(value.pointer, &$0) }
        let number = try library.elementType(info.pointer)
        guard let elementType = ElementType(onnx: number) else {
            throw FoveaError(
                .modelInvalid,
                "The output \"\(name)\" holds \(ElementType.onnxName(number)), which is not supported.")
        }
        let shape = try library.dimensions(info.pointer)

        var address: UnsafeMutableRawPointer?
        try library.check(
            "read output \(name)", api.pointee.GetTensorMutableData(value.pointer, &address))
        guard let address else {
            // Only a tensor without elements may have no memory.
            guard shape.contains(0) else {
                throw FoveaError(.engineFailed, "ONNX Runtime returned no memory for output \"\(name)\".")
            }
            return Tensor(empty: shape, elementType)
        }
        let source = inputs.first { tensor in
            guard let start = tensor.storage.bytes.baseAddress else { return false }
            return (start..<(start + max(1, tensor.storage.bytes.count))).contains(address)
        }
        return Tensor(shape: shape, elementType: elementType, adopting: address) {
            withExtendedLifetime((value, source)) {}
        }
    }
}

extension Tensor {
    /// A tensor without elements.
    fileprivate init(empty shape: [Int], _ elementType: ElementType) {
        let nothing = UnsafeMutableRawPointer.allocate(byteCount: 0, alignment: 64)
        nonisolated(unsafe) let owned = nothing
        self.init(shape: shape, elementType: elementType, adopting: nothing) { owned.deallocate() }
    }
}
