import FoveaCore

/// A way ONNX Runtime runs a graph's operators: the CPU, or an accelerator.
///
/// A provider is one file: a value with its options, and what it does to the
/// options of a session.
protocol ExecutionProvider: Sendable {
    /// ONNX Runtime's name, as in ``ONNXRuntimeBackend/availableProviders``.
    var name: String { get }

    /// Where sessions run that are set up with it, first of all.
    var placement: Placement { get }

    /// Sets a session up to run on this provider.
    ///
    /// - Throws: ``FoveaError/Code/engineUnavailable`` if the provider or its
    ///   device is not there.
    func configure(_ options: SessionOptions) throws
}
