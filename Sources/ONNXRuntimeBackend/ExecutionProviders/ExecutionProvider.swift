import FoveaBackends
import FoveaCore
import Foundation

/// A way ONNX Runtime runs a graph's operators: the CPU, or an accelerator.
///
/// A provider is one file: a value with its options, and how sessions get it.
protocol ExecutionProvider: Sendable {
    /// ONNX Runtime's name, as in ``ONNXRuntimeBackend/availableProviders``.
    var name: String { get }

    /// Where sessions run that are set up with it.
    var placement: Placement { get }

    /// What a new shape costs sessions that run on it.
    var shapes: ShapeSupport { get }

    /// Whether its library does one thing at a time only: no load beside
    /// another, or beside a run.
    var isExclusive: Bool { get }

    /// Sets a session up to run on this provider.
    ///
    /// - Parameter model: the graph's file; `nil` for one in memory.
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the provider or its
    ///   device is not there.
    func configure(_ options: SessionOptions, for model: URL?, in environment: Environment) throws
}

extension ExecutionProvider {
    var isExclusive: Bool { false }
}

/// What the providers of accelerators share: a device, options, and a call that
/// attaches the provider. ONNX Runtime puts the CPU behind it for what it
/// cannot run.
protocol AcceleratorProvider: ExecutionProvider {
    var accelerator: Accelerator { get }

    /// How the provider gets into a session.
    var attachment: ProviderAttachment { get }

    /// What it can compute in. What is asked beyond that is float32.
    var precisions: Set<Precision> { get }

    /// The provider's options, by its own names for them.
    ///
    /// - Parameter cache: where it may keep what it compiles of the model;
    ///   `nil` for nowhere.
    func options(cache: URL?) -> [String: String]
}

extension AcceleratorProvider {
    var device: Device { accelerator.device }
    var precision: Precision {
        precisions.contains(accelerator.precision) ? accelerator.precision : .fp32
    }

    var precisions: Set<Precision> { [.fp32] }

    var placement: Placement {
        Placement(device: device.description, provider: name, precision: precision.rawValue)
    }

    func configure(_ options: SessionOptions, for model: URL?, in environment: Environment) throws {
        try accelerator.configureHost(options)
        let cache = cacheFolder(for: model, options, in: environment)
        try options.attach(
            attachment, named: name, for: device, with: self.options(cache: cache), in: environment)
    }

    /// `nil` for providers that compile nothing, and where nothing may be kept.
    /// The folder stays for as long as the session whose options these are.
    func cacheFolder(for model: URL?, _ options: SessionOptions, in environment: Environment) -> URL? {
        guard let model, device.kind.compiles else { return nil }
        let cache = CompileCache(of: model, on: accelerator, by: environment.library.version)
        return cache.folder().map(options.keep).map(\.url)
    }
}
