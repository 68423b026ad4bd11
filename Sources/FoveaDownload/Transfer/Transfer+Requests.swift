import AsyncHTTPClient
import FoveaCore
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// An answer whose head is as it should be.
struct Answered: Sendable {
    /// What it is, which may be more than was asked for.
    let piece: DownloadPlan.Piece
    /// The file's size, where it is known by now.
    let total: Int?
    let body: HTTPClientResponse.Body
}

extension Transfer {
    /// Sends a request, and compares the answer's head with what is known.
    ///
    /// - Parameter isFirst: whether nothing else is under way, so that an
    ///   answer with all of the file can be taken.
    func ask(for piece: DownloadPlan.Piece, isFirst: Bool) async throws -> Answered {
        let (answer, body) = try await send(piece)
        if let coding = answer.contentEncoding, answer.status < 300 { throw DownloadFailure.encoded(coding) }
        switch (answer.status, piece) {
        case (206, .part(let range)): return try await part(range, answer, body)
        case (200, _): return try await whole(piece, answer, body, isFirst: isFirst)
        case (206, .whole), (416, _): throw DownloadFailure.outOfStep
        default: throw answer.refusal
        }
    }

    /// Sends a request and follows redirects.
    private func send(_ piece: DownloadPlan.Piece) async throws -> (ServerAnswer, HTTPClientResponse.Body) {
        let origin = try Hop(file)
        var (place, redirects) = (state.withLock(\.place), 0)
        while true {
            let hop = place ?? origin
            let response = try await execute(hop, piece)
            let answer = ServerAnswer(status: Int(response.status.code), headers: response.headers)
            if answer.isRedirect, let location = answer.location {
                redirects += 1
                guard redirects <= Hop.most else {
                    throw DownloadFailure.redirected("more than \(Hop.most) times")
                }
                place = try hop.following(location)
            } else if redirects == 0, place != nil, [401, 403, 404, 410].contains(answer.status) {
                // The address has run out: the server that gave it gives another.
                place = nil
            } else {
                if redirects > 0 { state.withLock { $0.place = hop } }
                return (answer, response.body)
            }
        }
    }

    private func execute(_ hop: Hop, _ piece: DownloadPlan.Piece) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: hop.url.absoluteString)
        request.headers.add(name: "user-agent", value: "fovea/\(Version.current)")
        // Offsets count bytes of the file, not of a compressed form of it.
        request.headers.add(name: "accept-encoding", value: "identity")
        for (name, value) in hop.headers { request.headers.replaceOrAdd(name: name, value: value) }
        if case .part(let range) = piece {
            let (total, etag) = state.withLock { ($0.plan.total, $0.etag) }
            let last = range.upperBound == total ? "" : String(range.upperBound - 1)
            request.headers.add(name: "range", value: "bytes=\(range.lowerBound)-\(last)")
            if let etag, ETag.isStrong(etag) { request.headers.add(name: "if-range", value: etag) }
        }
        do {
            // Large files take long; connections that are silent for too long end by themselves.
            return try await downloader.http.execute(request, deadline: .distantFuture)
        } catch {
            try Task.checkCancellation()
            throw DownloadFailure.interrupted(error)
        }
    }

    private func part(
        _ range: Range<Int>, _ answer: ServerAnswer, _ body: HTTPClientResponse.Body
    ) async throws -> Answered {
        let known = state.withLock(\.plan.total)
        guard let got = answer.contentRange, got.first == range.lowerBound, let total = got.total ?? known
        else { throw DownloadFailure.outOfStep }
        try check(total: total)
        try check(answer.etag)
        // Parts of two versions could not be told apart: all of it has to come by one request.
        guard file.hash != nil || ETag.isStrong(answer.etag ?? "") else { throw DownloadFailure.outOfStep }
        // A server that says something else than a moment ago has another file.
        if let known, known != total { throw DownloadFailure.changed }
        try await begin(answer.etag) { $0.learned(total: total) }
        let end = min(range.upperBound, total)
        guard end > range.lowerBound else { throw DownloadFailure.outOfStep }
        return Answered(piece: .part(range.lowerBound..<end), total: total, body: body)
    }

    private func whole(
        _ piece: DownloadPlan.Piece, _ answer: ServerAnswer, _ body: HTTPClientResponse.Body, isFirst: Bool
    ) async throws -> Answered {
        let total = answer.contentLength ?? file.byteCount
        if let total { try check(total: total) }
        if piece != .whole { try check(answer.etag) }
        guard isFirst else { throw DownloadFailure.changed }
        state.withLock { state in
            state.plan.becameWhole(piece, total: total)
            state.etag = nil
            state.isBegun = false
        }
        try await begin(answer.etag) { _ in }
        return Answered(piece: .whole, total: total, body: body)
    }

    private func check(total: Int) throws {
        if let expected = file.byteCount, expected != total { throw DownloadFailure.wrongSize(total) }
        if file.byteCount == nil, total > downloader.limit {
            throw DownloadFailure.tooLarge(limit: downloader.limit)
        }
    }

    private func check(_ etag: String?) throws {
        if let etag, let known = state.withLock(\.etag), etag != known { throw DownloadFailure.changed }
    }

    /// Notes what the first answer tells, before anything of it is written.
    private func begin(_ etag: String?, _ change: (inout DownloadPlan) -> Void) async throws {
        let first = state.withLock { state -> (etag: String?, total: Int?, present: ByteRanges)? in
            change(&state.plan)
            defer { state.isBegun = true }
            guard !state.isBegun else { return nil }
            state.etag = etag ?? state.etag
            return (state.etag, state.plan.total, state.plan.present)
        }
        guard let first else { return }
        try await downloader.pool.run { [download] in
            try download.begin(etag: first.etag, total: first.total, present: first.present)
        }
    }
}
