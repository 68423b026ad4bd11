package import FoveaCore
package import HTTPTypes

/// Headers by which a client says more about a `/predict` request than the
/// contract has a field for.
package struct CallHeaders: Equatable {
    /// `bulk`: this request may wait until nobody else does.
    package static let priority = HTTPField.Name("X-Fovea-Priority")
    /// Seconds, with a fraction or without, after which the answer is of no
    /// use any more.
    package static let timeout = HTTPField.Name("X-Request-Timeout")
    /// How many Foveas have sent the request further.
    package static let hops = HTTPField.Name("X-Fovea-Hops")

    package var priority: RequestPriority?
    package var timeout: Duration?
    package var isForwarded = false

    /// - Throws: 400 for values that are none.
    package init(_ headers: HTTPFields) throws(HTTPProblem) {
        if let name = Self.priority.flatMap({ headers[$0] })?.trimmed, !name.isEmpty {
            guard let known = RequestPriority(rawValue: name.lowercased()) else {
                throw .badRequest(
                    "X-Fovea-Priority is '\(name.excerpt)', not one of interactive, standard, bulk.")
            }
            priority = known
        }
        isForwarded = Self.hops.flatMap { headers[$0] }.map { !["", "0"].contains($0.trimmed) } ?? false
        guard let text = Self.timeout.flatMap({ headers[$0] }) else { return }
        guard let seconds = Double(text.trimmed), seconds > 0, seconds <= 86_400 else {
            throw .badRequest(
                "X-Request-Timeout is '\(text.excerpt)', not a number of seconds from 0 to 86400.")
        }
        timeout = .milliseconds(max(1, Int(seconds * 1000)))
    }
}
