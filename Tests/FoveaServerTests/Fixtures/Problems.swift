import FoveaServer
import HTTPTypes

/// The text for people of the problem that `body` throws; `nil` where it
/// throws none, or one without such a text.
func detail<Result>(_ body: () throws -> Result) -> String? {
    guard case .detail(let text) = problem(body)?.body else { return nil }
    return text
}

/// The HTTP status of the problem that `body` throws.
func status<Result>(_ body: () throws -> Result) -> Int? {
    problem(body)?.status.code
}

private func problem<Result>(_ body: () throws -> Result) -> HTTPProblem? {
    do {
        _ = try body()
        return nil
    } catch {
        return HTTPProblem(error)
    }
}
