package import FoveaServer

/// A service gave no answer to a request, or one that says nothing about it:
/// another slot may do better.
package struct ServiceDeclined: Error {
    /// What the client gets where no other slot may run it.
    package var answer: HTTPProblem
    /// For the log; without the service's name.
    package var reason: String
    /// Whether no answer came at all.
    package var isBroken: Bool
    /// Whether it may be the request that is at fault: a model that the service
    /// has not, a picture beyond its limits.
    package var isAboutRequest: Bool

    package init(
        answer: HTTPProblem, reason: String, isBroken: Bool = false, isAboutRequest: Bool = false
    ) {
        self.answer = answer
        self.reason = reason
        self.isBroken = isBroken
        self.isAboutRequest = isAboutRequest
    }
}
