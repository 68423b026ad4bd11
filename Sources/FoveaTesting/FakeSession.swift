public import FoveaBackends
public import FoveaCore

/// A model session whose answers a test makes up.
///
/// ```swift
/// let session = FakeSession(
///     inputs: [TensorInfo(name: "image", elementType: .float32, shape: [1, 3, 224, 224])],
///     outputs: [TensorInfo(name: "embedding", elementType: .float32, shape: [1, 2])]
/// ) { inputs in
///     [Tensor(shape: [1, 2], [Float(0.6), 0.8])]
/// }
/// ```
public struct FakeSession: ModelSession {
    public var inputs: [TensorInfo]
    public var outputs: [TensorInfo]
    public var metadata: [String: String]
    public var placement: Placement
    private let answer: @Sendable ([Tensor]) throws -> [Tensor]

    public init(
        inputs: [TensorInfo], outputs: [TensorInfo], metadata: [String: String] = [:],
        placement: Placement = .cpu,
        answer: @escaping @Sendable ([Tensor]) throws -> [Tensor]
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.metadata = metadata
        self.placement = placement
        self.answer = answer
    }

    public func run(_ inputs: [Tensor]) async throws -> [Tensor] {
        try Task.checkCancellation()
        return try answer(inputs)
    }
}
