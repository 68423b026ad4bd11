import FoveaCore
import FoveaServer
import HTTPTypes
import Testing

@Suite struct CallHeadersTests {
    private func headers(_ name: String, _ values: String...) throws -> CallHeaders {
        var fields = HTTPFields()
        let name = try #require(HTTPField.Name(name))
        for value in values { fields.append(HTTPField(name: name, value: value)) }
        return try CallHeaders(fields)
    }

    @Test func neitherIsNeeded() throws {
        let headers = try CallHeaders(HTTPFields())
        #expect(headers.priority == nil)
        #expect(headers.timeout == nil)
    }

    @Test(arguments: [
        ("bulk", RequestPriority.bulk), ("standard", .standard), ("interactive", .interactive),
        ("BULK", .bulk),
        (" bulk ", .bulk),
    ])
    func prioritiesHaveNames(_ text: String, _ priority: RequestPriority) throws {
        #expect(try headers("X-Fovea-Priority", text).priority == priority)
    }

    @Test func whatAnotherFoveaSentSaysSo() throws {
        #expect(try !CallHeaders(HTTPFields()).isForwarded)
        #expect(try headers("X-Fovea-Hops", "1").isForwarded)
        #expect(try headers("X-Fovea-Hops", "2").isForwarded)
        #expect(try !headers("X-Fovea-Hops", "0").isForwarded)
        #expect(try !headers("X-Fovea-Hops", " ").isForwarded)
    }

    @Test func anEmptyPriorityIsNone() throws {
        #expect(try headers("X-Fovea-Priority", "").priority == nil)
        #expect(try headers("X-Fovea-Priority", " ").priority == nil)
    }

    @Test(arguments: ["high", "0", "bulk;q=1"])
    func otherPrioritiesAreRefused(_ text: String) {
        #expect(status { try headers("X-Fovea-Priority", text) } == 400)
        #expect(
            detail { try headers("X-Fovea-Priority", text) }
                == "X-Fovea-Priority is '\(text)', not one of interactive, standard, bulk.")
    }

    @Test func twoPrioritiesAreNone() {
        #expect(status { try headers("X-Fovea-Priority", "bulk", "standard") } == 400)
    }

    @Test(arguments: [
        ("1", Duration.seconds(1)), ("30", .seconds(30)), ("0.25", .milliseconds(250)),
        (" 2.5 ", .milliseconds(2500)),
        ("1e1", .seconds(10)), ("86400", .seconds(86400)),
        // Less than can be told apart is the least there is.
        ("0.000001", .milliseconds(1)),
    ])
    func timeoutsAreSeconds(_ text: String, _ timeout: Duration) throws {
        #expect(try headers("X-Request-Timeout", text).timeout == timeout)
    }

    @Test(arguments: ["", "0", "-1", "86400.1", "inf", "nan", "5s", "1,5", "soon"])
    func otherTimeoutsAreRefused(_ text: String) {
        #expect(status { try headers("X-Request-Timeout", text) } == 400)
        #expect(
            detail { try headers("X-Request-Timeout", text) }
                == "X-Request-Timeout is '\(text)', not a number of seconds from 0 to 86400.")
    }

    @Test func namesHaveNoCase() throws {
        #expect(try headers("x-fovea-priority", "bulk").priority == .bulk)
        #expect(try headers("X-REQUEST-TIMEOUT", "1").timeout == .seconds(1))
    }
}
