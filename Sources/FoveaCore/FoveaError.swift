/// Everything that can go wrong in Fovea, as one type.
///
/// The message says what was tried, what failed and what to do next; it is
/// meant to be shown. The code is what callers branch on: `FoveaServer` maps
/// it to an HTTP status in one place. For example:
///
/// ```swift
/// throw FoveaError(.undecodablePicture, "The picture is a truncated JPEG: send the whole file.")
/// ```
public struct FoveaError: Error, Sendable {
    /// What kind of failure this is.
    public enum Code: String, Sendable, CaseIterable {
        /// The request contradicts itself or the contract.
        case invalidRequest
        /// The bytes are no picture that can be decoded.
        case undecodablePicture
        /// The input is larger than a configured limit.
        case limitExceeded
        /// No model of this name is installed.
        case modelNotFound
        /// A model is not here and cannot be fetched now: no network, no room, or
        /// its source does not answer.
        case modelUnavailable
        /// A model's files are there, but wrong: unreadable, incomplete or of
        /// an unsupported kind.
        case modelInvalid
        /// An engine's library is missing, too old, or refuses to start.
        case engineUnavailable
        /// A native run failed.
        case engineFailed
        /// A model does not fit into the memory that models may take.
        case outOfMemory
        /// A setting has a value that cannot be used.
        case invalidSetting
        /// The work was cancelled before it ended.
        case cancelled
    }

    /// What kind of failure this is.
    public var code: Code
    /// One or two sentences for people: what was tried, what failed, what next.
    public var message: String
    /// The error underneath, where there is one.
    public var cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }
}

extension FoveaError: CustomStringConvertible {
    public var description: String {
        if let cause { "\(message) (\(cause))" } else { message }
    }
}
