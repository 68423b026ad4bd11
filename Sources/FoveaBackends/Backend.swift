public import FoveaCore
public import Foundation

/// An inference engine: opens model files on a device.
///
/// Backends know nothing of queues, tasks or HTTP. A backend's library is
/// opened at run time; making a backend whose library is missing throws an
/// error that says which file, which version and what fixes it.
public protocol Backend: Sendable {
    /// What people call the engine, with its version: `ONNX Runtime 1.31.1`.
    var description: String { get }

    /// Opens a model.
    ///
    /// The file is only read, never written. The work is done on a thread of
    /// the backend's own.
    /// - Throws: ``FoveaError/Code/modelInvalid`` if the file is no model this
    ///   engine can run.
    func open(_ model: URL) async throws -> any ModelSession

    /// Gives memory that released sessions, and what was built around them,
    /// took back to the system, as far as that does not happen by itself.
    /// May block.
    func trimMemory()
}

extension Backend {
    public func trimMemory() {}
}

/// A model that is in memory and can run.
///
/// Safe to use from several tasks at once. Its memory is given back when the
/// last reference is gone.
public protocol ModelSession: Sendable {
    /// The inputs, in the graph's order.
    var inputs: [TensorInfo] { get }
    /// The outputs, in the graph's order.
    var outputs: [TensorInfo] { get }
    /// Free text the file carries beside the graph, such as `character`.
    var metadata: [String: String] { get }
    /// Where and how the model runs.
    var placement: Placement { get }

    /// Runs the model once.
    ///
    /// - Parameter inputs: one tensor an input, in the order of ``inputs``.
    /// - Returns: one tensor an output, in the order of ``outputs``.
    /// - Throws: ``FoveaError/Code/engineFailed``; `CancellationError` where
    ///   the task is cancelled, which stops a run under way as soon as the
    ///   engine can.
    func run(_ inputs: [Tensor]) async throws -> [Tensor]
}
