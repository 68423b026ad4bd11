/// How large what comes from outside may be. Each limit has a variable that
/// sets it, and is named in the answer to whoever goes beyond it.
public struct Limits: Sendable, Hashable {
    /// Bytes of a request's body. `FOVEA_MAX_BODY_BYTES`.
    public var bodyBytes: Int
    /// Bytes of an encoded picture. `FOVEA_MAX_IMAGE_BYTES`.
    public var imageBytes: Int
    /// Width times height of a picture. `FOVEA_MAX_IMAGE_PIXELS`.
    ///
    /// The default is where Pillow, by default, refuses to go on.
    public var imagePixels: Int
    /// UTF-8 bytes of `entries`. `FOVEA_MAX_ENTRIES_BYTES`; never more than
    /// ``fieldBytes``.
    public var entriesBytes: Int
    /// UTF-8 bytes of `text`. `FOVEA_MAX_TEXT_BYTES`; never more than
    /// ``fieldBytes``.
    public var textBytes: Int
    /// Bytes of a request's line and headers. `FOVEA_MAX_HEADER_BYTES`.
    public var headerBytes: Int
    /// Connections open at a time; more wait to be accepted.
    /// `FOVEA_MAX_CONNECTIONS`.
    public var connections: Int
    /// Requests held at a time, waiting or running; more wait before their
    /// bodies are read. `FOVEA_QUEUE_REQUESTS`.
    public var queueRequests: Int
    /// Bytes of the bodies of requests that are held. `FOVEA_QUEUE_BYTES`.
    public var queueBytes: Int
    /// Memory of its own, without mapped files, that a worker may take before
    /// it is replaced; `nil` for as much as it takes. `FOVEA_WORKER_MEMORY`.
    public var workerBytes: Int?

    /// Bytes of any form field that is not a file: a constant of the contract.
    public static let fieldBytes = 1024 * 1024
    /// Fields in a form, and files in a form: a constant of the contract.
    public static let formFields = 1000

    public init(
        bodyBytes: Int = 144 << 20, imageBytes: Int = 128 << 20, imagePixels: Int = 178_956_970,
        entriesBytes: Int = fieldBytes, textBytes: Int = fieldBytes, headerBytes: Int = 64 << 10,
        connections: Int = 4096, queueRequests: Int = 256, queueBytes: Int = 512 << 20,
        workerBytes: Int? = nil
    ) {
        self.bodyBytes = bodyBytes
        self.imageBytes = imageBytes
        self.imagePixels = imagePixels
        self.entriesBytes = entriesBytes
        self.textBytes = textBytes
        self.headerBytes = headerBytes
        self.connections = connections
        self.queueRequests = queueRequests
        self.queueBytes = queueBytes
        self.workerBytes = workerBytes
    }
}
