import CONNXRuntime
import FoveaCore

/// How a provider gets into a session: ONNX Runtime has had a new way every
/// few years, and keeps the old ones.
enum ProviderAttachment: Sendable, Equatable {
    /// A call of the provider's own.
    case own(OwnCall)
    /// The call for all that are named: `MIGraphX`.
    case named(String)
    /// A plug-in, which is a library of its own and lists its devices.
    case plugIn(path: String, chooses: DeviceChoice)

    enum OwnCall: Sendable {
        case cuda, tensorRT, rocm
    }

    /// Which of a plug-in's devices it is.
    enum DeviceChoice: Sendable, Equatable {
        /// The n-th one.
        case index(Int)
        /// The one whose metadata say so.
        case metadata(key: String, value: String)
    }
}

extension SessionOptions {
    func attach(
        _ attachment: ProviderAttachment, named name: String, for device: Device,
        with options: [String: String], in environment: Environment
    ) throws {
        let pairs = OptionPairs(options)
        do {
            switch attachment {
            case .own(let call): try attach(call, pairs)
            case .named(let short):
                try library.check(
                    "use \(name)", code: .engineUnavailable,
                    library.api.pointee.SessionOptionsAppendExecutionProvider(
                        pointer, short, pairs.keys, pairs.values, pairs.count))
            case .plugIn(let path, let choice):
                let found = try environment.plugInDevice(path, provider: name, choice, for: device)
                var devices: [OpaquePointer?] = [found.pointer]
                try library.check(
                    "use \(name)", code: .engineUnavailable,
                    library.api.pointee.SessionOptionsAppendExecutionProvider_V2(
                        pointer, environment.pointer, &devices, 1, pairs.keys, pairs.values, pairs.count))
            }
        } catch let error as FoveaError where error.code == .engineUnavailable {
            // ONNX Runtime's own sentences mostly end without a stop.
            let reason = error.message.hasSuffix(".") ? error.message : error.message + "."
            throw FoveaError(
                .engineUnavailable,
                "\(device) cannot be used: \(reason) 'fovea doctor' says what is missing.",
                cause: error.cause)
        }
    }

    private func attach(_ call: ProviderAttachment.OwnCall, _ pairs: OptionPairs) throws {
        let api = library.api.pointee
        switch call {
        case .cuda:
            let options = try made("CUDA", api.CreateCUDAProviderOptions, api.ReleaseCUDAProviderOptions)
            try done("CUDA", api.UpdateCUDAProviderOptions, options, pairs)
            try used("CUDA", api.SessionOptionsAppendExecutionProvider_CUDA_V2(pointer, options.pointer))
        case .tensorRT:
            let options = try made(
                "TensorRT", api.CreateTensorRTProviderOptions, api.ReleaseTensorRTProviderOptions)
            try done("TensorRT", api.UpdateTensorRTProviderOptions, options, pairs)
            try used(
                "TensorRT", api.SessionOptionsAppendExecutionProvider_TensorRT_V2(pointer, options.pointer))
        case .rocm:
            let options = try made("ROCm", api.CreateROCMProviderOptions, api.ReleaseROCMProviderOptions)
            try done("ROCm", api.UpdateROCMProviderOptions, options, pairs)
            try used("ROCm", api.SessionOptionsAppendExecutionProvider_ROCM(pointer, options.pointer))
        }
    }

    private typealias Create =
        @convention(c) (UnsafeMutablePointer<OpaquePointer?>?) -> OpaquePointer?
    private typealias Update =
        @convention(c) (
            OpaquePointer?, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?, Int
        ) -> OpaquePointer?

    private func made(_ name: String, _ create: Create, _ release: @escaping ONNXRuntimeLibrary.Release)
        throws
        -> NativeHandle
    {
        try library.make("open the \(name) provider", code: .engineUnavailable, release: release) {
            create(&$0)
        }
    }

    private func done(_ name: String, _ update: Update, _ options: NativeHandle, _ pairs: OptionPairs) throws
    {
        try library.check(
            "set up the \(name) provider", code: .engineUnavailable,
            update(options.pointer, pairs.keys, pairs.values, pairs.count))
    }

    private func used(_ name: String, _ status: OpaquePointer?) throws {
        try library.check("use the \(name) provider", code: .engineUnavailable, status)
    }
}

/// Options as C wants them.
private struct OptionPairs {
    private let names: CStrings
    private let texts: CStrings
    var keys: [UnsafePointer<CChar>?] { names.pointers }
    var values: [UnsafePointer<CChar>?] { texts.pointers }
    var count: Int { names.pointers.count }

    init(_ options: [String: String]) {
        let sorted = options.sorted { $0.key < $1.key }
        names = CStrings(sorted.map(\.key))
        texts = CStrings(sorted.map(\.value))
    }
}
