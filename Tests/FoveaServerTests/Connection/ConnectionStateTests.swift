import FoveaServer
import NIOCore
import Testing

@Suite struct ConnectionStateTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    private let state = Tested(
        ConnectionState(
            timeouts: ConnectionState.Timeouts(
                keepAlive: .seconds(65), read: .seconds(60), request: .seconds(300), linger: .seconds(2)),
            now: start))

    private func after(_ seconds: Int64) -> NIODeadline { Self.start + .seconds(seconds) }

    @Test func anOrdinaryRequest() {
        #expect(state.requestHead(.init(isKeepAlive: true), now: after(1)) == .deliver)
        #expect(state.requestBody(now: after(2)) == .deliver)
        #expect(state.requestEnd(now: after(3)) == .deliver)
        #expect(state.responseHead() == .write(connection: nil))
        #expect(state.isAnswering)
        #expect(state.responseEnd(now: after(4)) == .write)
        #expect(state.requestHead(.init(isKeepAlive: true), now: after(5)) == .deliver)
    }

    @Test func connectionCloseIsObeyed() {
        #expect(state.requestHead(.init(isKeepAlive: false), now: after(1)) == .deliver)
        #expect(state.requestEnd(now: after(1)) == .deliver)
        #expect(state.requestHead(.init(isKeepAlive: true), now: after(1)) == .drop)
        #expect(state.requestBody(now: after(1)) == .drop)
        #expect(state.requestEnd(now: after(1)) == .drop)
        #expect(state.responseHead() == .write(connection: "close"))
        #expect(state.responseEnd(now: after(2)) == .writeAndClose)
        #expect(!state.outputClosed(now: after(3)))
        #expect(state.deadline == after(4))
        #expect(state.timeOut(now: after(4)) == .close)
    }

    @Test func oldClientsAreToldThatTheConnectionIsKept() {
        _ = state.requestHead(.init(isKeepAlive: true, isHTTP10: true), now: after(1))
        _ = state.requestEnd(now: after(1))
        #expect(state.responseHead() == .write(connection: "keep-alive"))
        #expect(state.responseEnd(now: after(2)) == .write)
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() {
        for _ in 0..<2 {
            #expect(
                state.requestHead(.init(isKeepAlive: true, expectsContinue: false), now: after(1)) == .deliver
            )
            #expect(state.requestEnd(now: after(1)) == .deliver)
        }
        // Whoever pipelines does not wait for permission.
        #expect(
            state.requestHead(.init(isKeepAlive: false, expectsContinue: true), now: after(1)) == .deliver)
        #expect(state.requestEnd(now: after(1)) == .deliver)
        for last in [false, false, true] {
            #expect(state.responseHead() == .write(connection: last ? "close" : nil))
            #expect(state.responseEnd(now: after(2)) == (last ? .writeAndClose : .write))
        }
        #expect(state.responseHead() == .drop)
    }

    @Test func whoAsksIsToldToGoOn() {
        #expect(
            state.requestHead(.init(isKeepAlive: true, expectsContinue: true), now: after(1))
                == .deliverAndContinue)
    }

    @Test func anEarlyAnswerEndsTheConnection() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        #expect(state.responseHead() == .write(connection: "close"))
        #expect(state.responseEnd(now: after(1)) == .writeAndClose)
        #expect(state.requestBody(now: after(2)) == .drop)
        #expect(state.requestEnd(now: after(2)) == .drop)
        // What the client still sends does not prolong its time.
        #expect(state.deadline == after(3))
    }

    @Test func nonsenseIsRefused() {
        #expect(state.requestFailed(now: after(1)) == .refuse)
        #expect(state.requestFailed(now: after(1)) == .nothing)
        #expect(state.responseHead() == .drop)
        #expect(state.responseEnd(now: after(1)) == .drop)
    }

    @Test func nonsenseInABodyIsRefused() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        #expect(state.requestFailed(now: after(2)) == .refuse)
        #expect(state.responseHead() == .drop)
    }

    @Test func nonsenseAfterAnAnswerHasBegunCloses() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.responseHead()
        #expect(state.requestFailed(now: after(2)) == .close)
    }

    @Test func wholeRequestsBeforeNonsenseAreAnswered() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.requestEnd(now: after(1))
        #expect(state.requestFailed(now: after(1)) == .nothing)
        #expect(state.responseHead() == .write(connection: "close"))
        #expect(state.responseEnd(now: after(2)) == .writeAndClose)
    }

    @Test func aFreshConnectionHasTheTimeToRead() {
        #expect(state.deadline == after(60))
        #expect(state.timeOut(now: after(59)) == .nothing)
        #expect(state.timeOut(now: after(60)) == .close)
    }

    @Test func anIdleConnectionIsKeptForAWhile() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(10))
        _ = state.requestEnd(now: after(10))
        _ = state.responseHead()
        _ = state.responseEnd(now: after(20))
        #expect(state.deadline == after(85))
        #expect(state.timeOut(now: after(85)) == .close)
    }

    @Test func workMayTakeAsLongAsItTakes() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.requestEnd(now: after(1))
        #expect(state.deadline == nil)
        #expect(state.timeOut(now: after(100_000)) == .nothing)
    }

    @Test func aPauseInABodyIsRefused() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.requestBody(now: after(50))
        #expect(state.deadline == after(110))
        #expect(state.timeOut(now: after(110)) == .refuse)
        #expect(state.deadline == after(112))
    }

    @Test func aTrickleIsRefused() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        for second in stride(from: Int64(2), to: 301, by: 10) {
            #expect(state.timeOut(now: after(second)) == .nothing)
            _ = state.requestBody(now: after(second))
        }
        #expect(state.deadline == after(301))
        #expect(state.timeOut(now: after(301)) == .refuse)
    }

    @Test func timeWhileNothingIsReadIsNotTheClients() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.requestBody(now: after(2))
        state.readCompleted(now: after(5))
        #expect(state.deadline == nil)
        #expect(state.timeOut(now: after(100_000)) == .nothing)
        state.readBegan(now: after(1005))
        // 3 of its 60 seconds were over, and 4 of its 300.
        #expect(state.deadline == after(1062))
        for second in stride(from: Int64(1060), to: 1301, by: 50) {
            _ = state.requestBody(now: after(second))
        }
        #expect(state.deadline == after(1301))
        #expect(state.timeOut(now: after(1301)) == .refuse)
    }

    @Test func severalPausesAddUp() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        for second in stride(from: Int64(10), to: 100, by: 10) {
            state.readCompleted(now: after(second))
            state.readCompleted(now: after(second + 1))  // The same pause.
            state.readBegan(now: after(second + 5))
            state.readBegan(now: after(second + 6))  // Nothing was paused.
        }
        // Nine times five seconds: 60 and 300 more from 1 on.
        #expect(state.deadline == after(1 + 45 + 60))
        _ = state.requestBody(now: after(100))
        #expect(state.deadline == after(160))
        for second in stride(from: Int64(150), to: 346, by: 50) { _ = state.requestBody(now: after(second)) }
        #expect(state.deadline == after(346))
    }

    @Test func aWholeRequestIsWaitedForByNobody() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.requestEnd(now: after(2))
        state.readCompleted(now: after(2))
        #expect(state.deadline == nil)
        state.readBegan(now: after(3))
        #expect(state.deadline == nil)
    }

    @Test func aPauseKeepsNoIdleConnection() {
        state.readCompleted(now: after(1))
        #expect(state.deadline == after(60))
        #expect(state.timeOut(now: after(60)) == .close)
    }

    @Test func aPauseProlongsNoFarewell() {
        _ = state.requestHead(.init(isKeepAlive: false), now: after(1))
        _ = state.responseHead()
        _ = state.responseEnd(now: after(2))
        state.readCompleted(now: after(3))
        #expect(state.deadline == after(4))
    }

    @Test func anIdleConnectionClosesWhenTheServiceStops() {
        #expect(state.quiesce())
    }

    @Test func whatHasBegunIsFinishedWhenTheServiceStops() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        #expect(!state.quiesce())
        #expect(state.requestBody(now: after(2)) == .deliver)
        #expect(state.requestEnd(now: after(2)) == .deliver)
        #expect(state.responseHead() == .write(connection: "close"))
        #expect(state.responseEnd(now: after(3)) == .writeAndClose)
    }

    @Test func anAnswerUnderWayIsTheLastWhenTheServiceStops() {
        _ = state.requestHead(.init(isKeepAlive: true), now: after(1))
        _ = state.requestEnd(now: after(1))
        _ = state.responseHead()
        #expect(!state.quiesce())
        #expect(state.responseEnd(now: after(3)) == .writeAndClose)
    }
}

/// The state behind a reference, because expectations cannot change values.
private final class Tested {
    private var state: ConnectionState

    init(_ state: ConnectionState) { self.state = state }

    var deadline: NIODeadline? { state.deadline }
    var isAnswering: Bool { state.isAnswering }

    func requestHead(_ head: ConnectionState.Head, now: NIODeadline) -> ConnectionState.InboundAction {
        state.requestHead(head, now: now)
    }

    func requestBody(now: NIODeadline) -> ConnectionState.InboundAction { state.requestBody(now: now) }
    func requestEnd(now: NIODeadline) -> ConnectionState.InboundAction { state.requestEnd(now: now) }
    func requestFailed(now: NIODeadline) -> ConnectionState.FailureAction { state.requestFailed(now: now) }
    func responseHead() -> ConnectionState.ResponseHeadAction { state.responseHead() }
    func responseEnd(now: NIODeadline) -> ConnectionState.ResponseEndAction { state.responseEnd(now: now) }
    func outputClosed(now: NIODeadline) -> Bool { state.outputClosed(now: now) }
    func readCompleted(now: NIODeadline) { state.readCompleted(now: now) }
    func readBegan(now: NIODeadline) { state.readBegan(now: now) }
    func timeOut(now: NIODeadline) -> ConnectionState.FailureAction { state.timeOut(now: now) }
    func quiesce() -> Bool { state.quiesce() }
}
