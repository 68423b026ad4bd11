import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// What the head of an answer says about the file. Pure.
struct ServerAnswer: Sendable, Hashable {
    var status: Int
    var etag: String?
    var contentLength: Int?
    var contentRange: ContentRange?
    var contentEncoding: String?
    var location: String?
    var retryAfter: Int?
    var errorCode: String?

    init(status: Int, headers: HTTPHeaders, now: Date = .now) {
        self.status = status
        etag = headers.first(name: "etag")
        contentLength = headers.first(name: "content-length").flatMap { Int($0) }
        contentRange = headers.first(name: "content-range").flatMap { ContentRange($0) }
        contentEncoding = headers.first(name: "content-encoding").flatMap { $0 == "identity" ? nil : $0 }
        location = headers.first(name: "location")
        errorCode = headers.first(name: "x-error-code")
        // By the server's clock, where it tells, because ours may be wrong.
        let date = headers.first(name: "date").flatMap { RetryPolicy.date($0) }
        retryAfter = headers.first(name: "retry-after")
            .flatMap { RetryPolicy.seconds(retryAfter: $0, now: date ?? now) }
        if status == 429, retryAfter == nil {
            retryAfter = headers.first(name: "ratelimit").flatMap { RetryPolicy.seconds(rateLimit: $0) }
        }
    }

    var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) && location != nil }

    var refusal: DownloadFailure { .refused(status: status, retryAfter: retryAfter, code: errorCode) }
}
