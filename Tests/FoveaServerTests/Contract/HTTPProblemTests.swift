import FoveaCore
import FoveaServer
import HTTPTypes
import Testing

@Suite struct HTTPProblemTests {
    @Test func everyCodeHasItsStatus() {
        let statuses: [FoveaError.Code: Int] = [
            .invalidRequest: 400, .undecodablePicture: 400, .limitExceeded: 413, .modelNotFound: 404,
            .modelInvalid: 500, .engineUnavailable: 500, .engineFailed: 500, .invalidSetting: 500,
            .cancelled: 503, .outOfMemory: 507, .modelUnavailable: 503,
        ]
        #expect(statuses.count == FoveaError.Code.allCases.count)
        for (code, status) in statuses {
            let problem = HTTPProblem(FoveaError(code, "What \"happened\"."))
            #expect(problem.status.code == status)
            #expect(problem.content.type == "application/json")
            #expect(
                String(decoding: problem.content.bytes, as: UTF8.self) == #"{"detail":"What \"happened\"."}"#)
        }
    }

    @Test func causesAreForTheLogOnly() {
        struct Cause: Error {}
        let problem = HTTPProblem(FoveaError(.engineFailed, "It failed.", cause: Cause()))
        #expect(problem.body == .detail("It failed."))
        #expect(problem.reason == "It failed. (Cause())")
    }

    @Test func whateverElseIsThrownSaysNothing() {
        struct Other: Error {}
        let problem = HTTPProblem(Other())
        #expect(problem.status == .internalServerError)
        #expect(problem.content.type == "text/plain; charset=utf-8")
        #expect(String(decoding: problem.content.bytes, as: UTF8.self) == "Internal Server Error")
        #expect(problem.reason == "Other()")
        #expect(HTTPProblem(CancellationError()).status == .serviceUnavailable)
    }
}
