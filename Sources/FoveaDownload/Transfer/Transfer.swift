import AsyncHTTPClient
import FoveaCore
import NIOCore
import Synchronization

/// One file on its way, by as many requests as it takes.
///
/// A round sends requests until all is there or one fails; those that are under
/// way by then end by themselves, so that nothing of theirs is lost.
final class Transfer: Sendable {
    struct State {
        var plan: DownloadPlan
        /// What the server calls the version that is fetched.
        var etag: String?
        /// Where the last redirect led, so that not every part asks for it.
        var place: Hop?
        /// Whether the record has been begun in this process.
        var isBegun = false
    }

    let file: RemoteFile
    let download: PartialDownload
    let downloader: FileDownloader
    let progress: @Sendable (Int) -> Void
    let state: Mutex<State>

    init(
        _ file: RemoteFile, to download: PartialDownload, by downloader: FileDownloader,
        progress: @escaping @Sendable (Int) -> Void
    ) {
        self.file = file
        self.download = download
        self.downloader = downloader
        self.progress = progress
        let found = download.found
        state = Mutex(
            State(
                plan: DownloadPlan(
                    total: found.total, present: found.written, leastBytes: downloader.leastPieceBytes),
                etag: found.etag))
    }

    /// Fetches until all is there.
    ///
    /// - Throws: ``DownloadFailure`` once there is no more hope; `SystemFault`.
    func run() async throws {
        var policy = RetryPolicy(longestWait: downloader.longestWait)
        var width = downloader.connections
        var most = presentBytes
        while !state.withLock({ $0.plan.isComplete }) {
            do {
                try await round(width)
            } catch let failure as DownloadFailure {
                try Task.checkCancellation()
                let gained = presentBytes > most
                most = max(most, presentBytes)
                try await prepare(after: failure)
                // Who is told to come less often comes alone.
                if case .refused(429, _, _) = failure { width = 1 }
                guard let delay = policy.delay(after: failure, gained: gained) else { throw failure }
                try await downloader.pause(delay)
            }
        }
    }

    /// The version's name, as far as it is known.
    var etag: String? { state.withLock(\.etag) }

    private var presentBytes: Int { state.withLock { $0.plan.present.count } }

    private func prepare(after failure: DownloadFailure) async throws {
        // Addresses that a redirect leads to are good for a while only.
        state.withLock { $0.place = nil }
        let withParts: Bool
        switch failure {
        case .outOfStep: withParts = false
        case .changed: withParts = true
        default: return
        }
        try await downloader.pool.run { [download] in try download.empty() }
        state.withLock { state in
            state.plan.startOver(total: file.byteCount, withParts: withParts)
            state.etag = nil
            state.isBegun = false
        }
    }

    private func round(_ width: Int) async throws {
        guard let piece = state.withLock({ $0.plan.next() }) else { throw DownloadFailure.outOfStep }
        // The first answer tells whether there can be more at the same time.
        let first: Answered
        do {
            first = try await ask(for: piece, isFirst: true)
        } catch {
            state.withLock { $0.plan.ended(piece) }
            throw error
        }
        let failure = await withTaskGroup(of: (any Error)?.self) { group in
            var running = 1
            var failure: (any Error)?
            group.addTask { await self.ending(first.piece) { try await self.save(first) } }
            func fill() {
                while failure == nil, running < width, let piece = state.withLock({ $0.plan.next() }) {
                    running += 1
                    group.addTask {
                        await self.ending(piece) {
                            try await self.save(try await self.ask(for: piece, isFirst: false))
                        }
                    }
                }
            }
            fill()
            while let ended = await group.next() {
                running -= 1
                failure = failure ?? ended
                fill()
            }
            return failure
        }
        if let failure { throw failure }
    }

    /// Does what is needed for a piece, which is not under way any more then.
    private func ending(_ piece: DownloadPlan.Piece, _ work: () async throws -> Void) async -> (any Error)? {
        defer { state.withLock { $0.plan.ended(piece) } }
        do {
            try await work()
            return nil
        } catch {
            return error
        }
    }
}
