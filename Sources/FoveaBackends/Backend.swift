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

    /// The file that this engine runs, where a model's folder has one: `nil`
    /// where the model was never made for it.
    ///
    /// - Parameter folder: that of one part of a model, such as
    ///   `…/buffalo_l/detection/`.
    func file(in folder: URL) -> URL?

    /// What a new shape costs the sessions that it opens, as far as that is
    /// known before one is.
    var shapes: ShapeSupport { get }

    /// Gives memory that released sessions, and what was built around them,
    /// took back to the system, as far as that does not happen by itself.
    /// May block.
    func trimMemory()
}

extension Backend {
    /// The ONNX graph, which every model has.
    public func file(in folder: URL) -> URL? {
        let graph = folder.appending(component: "model.onnx")
        return FileManager.default.isReadableFile(atPath: graph.path) ? graph : nil
    }

    public var shapes: ShapeSupport { .any }

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
    /// What a new shape of the inputs costs.
    var shapes: ShapeSupport { get }
    /// How many of the graph's operators each execution provider took, by the
    /// provider's name; empty where the engine does not tell.
    var operators: [String: Int] { get }

    /// Runs the model once.
    ///
    /// - Parameter inputs: one tensor an input, in the order of ``inputs``.
    /// - Returns: one tensor an output, in the order of ``outputs``.
    /// - Throws: ``FoveaError/Code/engineFailed``; `CancellationError` where
    ///   the task is cancelled, which stops a run under way as soon as the
    ///   engine can.
    func run(_ inputs: [Tensor]) async throws -> [Tensor]
}

extension ModelSession {
    public var shapes: ShapeSupport { .any }
    public var operators: [String: Int] { [:] }
}
