import CONNXRuntime
import FoveaBackends
import FoveaCore

/// What a loaded graph says about itself.
struct GraphSignature: Sendable {
    var inputs: [TensorInfo]
    var outputs: [TensorInfo]
    var metadata: [String: String]

    /// - Throws: ``FoveaError/Code/modelInvalid`` if an input or output is
    ///   no tensor, or one of a type that Fovea has no values for.
    init(of session: NativeHandle, in environment: Environment, path: String) throws {
        let reader = SignatureReader(session: session, environment: environment, path: path)
        inputs = try reader.inputs()
        outputs = try reader.outputs()
        metadata = try reader.metadata()
    }
}

/// Asks a session what it takes, gives and carries.
private struct SignatureReader {
    let session: NativeHandle
    let environment: Environment
    let path: String

    var library: ONNXRuntimeLibrary { environment.library }
    var api: UnsafePointer<OrtApi> { library.api }

    func inputs() throws -> [TensorInfo] {
        var count = 0
        try check("count its inputs", api.pointee.SessionGetInputCount(session.pointer, &count))
        return try (0..<count).map { index in
            try info("input", api.pointee.SessionGetInputName, api.pointee.SessionGetInputTypeInfo, index)
        }
    }

    func outputs() throws -> [TensorInfo] {
        var count = 0
        try check("count its outputs", api.pointee.SessionGetOutputCount(session.pointer, &count))
        return try (0..<count).map { index in
            try info("output", api.pointee.SessionGetOutputName, api.pointee.SessionGetOutputTypeInfo, index)
        }
    }

    func metadata() throws -> [String: String] {
        let metadata = try library.make(
            "read the metadata of \(path)", code: .modelInvalid, release: api.pointee.ReleaseModelMetadata
        ) { api.pointee.SessionGetModelMetadata(session.pointer, &$0) }

        var keys: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var count: Int64 = 0
        try check(
            "list its metadata",
            api.pointee.ModelMetadataGetCustomMetadataMapKeys(
                metadata.pointer, environment.allocator.pointer, &keys, &count))
        guard let keys else { return [:] }
        defer {
            for index in 0..<Int(count) { keys[index].map { environment.free($0) } }
            environment.free(keys)
        }

        var result: [String: String] = [:]
        for case let key? in UnsafeBufferPointer(start: keys, count: Int(count)) {
            var value: UnsafeMutablePointer<CChar>?
            try check(
                "read its metadata",
                api.pointee.ModelMetadataLookupCustomMetadataMap(
                    metadata.pointer, environment.allocator.pointer, key, &value))
            result[String(cString: key)] = environment.take(value)
        }
        return result
    }

    private typealias NameCall =
        @convention(c) (
            OpaquePointer?, Int, OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        )
        -> OpaquePointer?
    private typealias TypeCall =
        @convention(c) (OpaquePointer?, Int, UnsafeMutablePointer<OpaquePointer?>?) -> OpaquePointer?

    private func info(_ role: String, _ nameOf: NameCall, _ typeOf: TypeCall, _ index: Int) throws
        -> TensorInfo
    {
        var text: UnsafeMutablePointer<CChar>?
        try check(
            "name its \(role) \(index)", nameOf(session.pointer, index, environment.allocator.pointer, &text))
        let name = environment.take(text) ?? ""
        let type = try library.make(
            "tell the type of \(role) \(name) of \(path)", code: .modelInvalid,
            release: api.pointee.ReleaseTypeInfo
        ) { typeOf(session.pointer, index, &$0) }

        // The view belongs to `type`: it is not released.
        var view: OpaquePointer?
        try check(
            "tell the type of \(role) \(name)", api.pointee.CastTypeInfoToTensorInfo(type.pointer, &view))
        guard let view else {
            throw FoveaError(
                .modelInvalid,
                "The model \(path) cannot be used: its \(role) \"\(name)\" is no tensor. Export it with tensors only."
            )
        }
        return try withExtendedLifetime(type) {
            let number = try library.elementType(view)
            guard let elementType = ElementType(onnx: number) else {
                throw FoveaError(
                    .modelInvalid,
                    """
                    The model \(path) cannot be used: its \(role) "\(name)" holds \
                    \(ElementType.onnxName(number)), and only \
                    \(ElementType.allCases.map(\.rawValue).joined(separator: ", ")) are supported.
                    """)
            }
            return TensorInfo(
                name: name, elementType: elementType,
                // Negative where the graph leaves the length open.
                shape: try library.dimensions(view).map { $0 < 0 ? nil : $0 })
        }
    }

    private func check(_ action: @autoclosure () -> String, _ status: OpaquePointer?) throws {
        try library.check("read the model \(path): \(action())", code: .modelInvalid, status)
    }
}
