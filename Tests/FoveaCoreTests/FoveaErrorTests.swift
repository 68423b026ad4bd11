import FoveaCore
import Testing

@Suite struct FoveaErrorTests {
    @Test func theMessageIsWhatPeopleSee() {
        let error = FoveaError(.modelInvalid, "The graph cannot be read: install it again.")
        #expect("\(error)" == "The graph cannot be read: install it again.")
    }

    @Test func theCauseIsTold() {
        let cause = FoveaError(.engineFailed, "Out of memory.")
        let error = FoveaError(.modelInvalid, "The graph cannot be read.", cause: cause)
        #expect("\(error)" == "The graph cannot be read. (Out of memory.)")
    }
}
