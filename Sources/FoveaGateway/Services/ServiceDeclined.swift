package import FoveaServer

/// A service gave no answer to a request, or one that says nothing about it:
/// another slot may do better.
package struct ServiceDeclined: Error {
    /// What the client gets where no other slot may run it.
    package var answer: HTTPProblem
    /// For the log; without the service's name.
    package var reason: String

    package init(answer: HTTPProblem, reason: String) {
        self.answer = answer
        self.reason = reason
    }
}
