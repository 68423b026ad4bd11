extension HubDouble {
    /// What can go wrong with a request.
    package enum Fault: Sendable {
        /// An answer with this status and no file.
        case status(Int, headers: [String: String] = [:])
        /// 429, with what it says about when to come again.
        case busy(retryAfter: String)
        /// The connection breaks off after so many bytes of the body.
        case cut(after: Int)
        /// A byte of the file is another, at this offset of the answer's body.
        case corrupt(at: Int)
        /// A body without an end.
        case endless
        /// The file without its last bytes, as if that were all.
        case short(by: Int)
        /// Ranges are not known to the server.
        case withoutRanges
        /// The body stops after so many bytes until the gate opens.
        case held(after: Int, TestServer.Gate)
        /// Another address.
        case redirect(to: String)
        /// The same for all requests from now on.
        indirect case always(Fault)

        var isLasting: Bool { if case .always = self { true } else { false } }

        /// The answer, where the file does not matter.
        var instead: TestServer.Answer? {
            switch self {
            case .status(let status, let headers): .init(status: status, headers: headers)
            case .busy(let retryAfter): .init(status: 429, headers: ["Retry-After": retryAfter])
            case .redirect(let location): .redirect(to: location)
            case .endless:
                {
                    var answer = TestServer.Answer(body: [UInt8](repeating: 65, count: 1 << 16))
                    answer.isEndless = true
                    return answer
                }()
            case .always(let fault): fault.instead
            case .cut, .corrupt, .short, .withoutRanges, .held: nil
            }
        }

        /// What the server takes notice of.
        func seen(_ request: TestServer.Request) -> TestServer.Request {
            var request = request
            switch self {
            case .withoutRanges: request.headers["range"] = nil
            case .always(let fault): return fault.seen(request)
            default: break
            }
            return request
        }

        func applied(to answer: TestServer.Answer) -> TestServer.Answer {
            var answer = answer
            switch self {
            case .cut(let bytes): answer.cutAfter = bytes
            case .corrupt(let offset):
                if answer.body.indices.contains(offset) { answer.body[offset] ^= 0xFF }
            case .short(let bytes): answer.body.removeLast(min(bytes, answer.body.count))
            case .held(let bytes, let gate): answer.hold = (bytes, gate)
            case .always(let fault): return fault.applied(to: answer)
            case .status, .busy, .redirect, .endless, .withoutRanges: break
            }
            return answer
        }
    }
}
