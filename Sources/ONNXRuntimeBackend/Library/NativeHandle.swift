import CONNXRuntime
import FoveaCore

/// One of ONNX Runtime's objects, released with the last reference.
final class NativeHandle: @unchecked Sendable {
    // @unchecked is sound: the properties are constant, and `pointer` is only
    // given to calls that ONNX Runtime allows from any thread; where a kind of
    // object is written to, its owner says why that is safe.
    let pointer: OpaquePointer
    private let release: (OpaquePointer) -> Void

    /// - Parameter release: called once, on any thread.
    init(_ pointer: OpaquePointer, release: @escaping (OpaquePointer) -> Void) {
        self.pointer = pointer
        self.release = release
    }

    deinit { release(pointer) }
}

extension ONNXRuntimeLibrary {
    /// A call that releases an object of ONNX Runtime.
    typealias Release = @convention(c) (OpaquePointer?) -> Void

    /// Calls a function that makes an object and takes that object over.
    func make(
        _ action: @autoclosure () -> String, code: FoveaError.Code = .engineFailed,
        release: Release?,
        _ create: (inout OpaquePointer?) -> OpaquePointer?
    ) throws -> NativeHandle {
        var pointer: OpaquePointer?
        try check(action(), code: code, create(&pointer))
        guard let pointer else {
            throw FoveaError(code, "ONNX Runtime could not \(action()): it returned nothing.")
        }
        return NativeHandle(pointer) { release?($0) }
    }
}
