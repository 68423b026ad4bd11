import CONNXRuntime

extension ONNXRuntimeLibrary {
    /// ONNX's number for the elements of a tensor or of a declaration.
    func elementType(_ info: OpaquePointer) throws -> Int {
        var number = Int32(ORT_ELEMENT_UNDEFINED)
        try check("tell an element type", api.pointee.GetTensorElementType(info, &number))
        return Int(number)
    }

    /// Lengths of the dimensions; negative where a declaration leaves them open.
    func dimensions(_ info: OpaquePointer) throws -> [Int] {
        var rank = 0
        try check("count dimensions", api.pointee.GetDimensionsCount(info, &rank))
        var lengths = [Int64](repeating: 0, count: rank)
        try check("tell a shape", api.pointee.GetDimensions(info, &lengths, rank))
        return lengths.map { Int($0) }
    }
}
