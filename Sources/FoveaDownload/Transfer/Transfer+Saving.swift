import AsyncHTTPClient
import FoveaCore
import NIOCore
import Synchronization

extension Transfer {
    /// Writes what an answer brings, as far as it belongs to its piece.
    func save(_ answered: Answered) async throws {
        let start = answered.piece.start
        // A body that goes on is cut where the file ends.
        let end: Int
        switch answered.piece {
        case .part(let range): end = range.upperBound
        case .whole: end = answered.total ?? downloader.limit
        }
        var saved = Saved(position: start)
        do {
            for try await buffer in answered.body {
                saved.gathered += buffer.readableBytesView
                guard saved.end <= end else {
                    switch answered.piece {
                    case .whole: throw excess(saved.end, total: answered.total)
                    case .part: saved.gathered.removeLast(saved.end - end)
                    }
                    break
                }
                if saved.gathered.count >= FileDownloader.writeBytes { try await flush(&saved) }
            }
            try await flush(&saved)
        } catch let fault as SystemFault {
            throw fault
        } catch {
            // What has come is good: the next attempt goes on behind it.
            try Task.checkCancellation()
            if saved.end <= end { try await flush(&saved) }
            throw error as? DownloadFailure ?? .interrupted(error)
        }
        if answered.total == nil {
            state.withLock { $0.plan.learned(total: saved.position) }
        } else if saved.position < end {
            throw DownloadFailure.interrupted(EndedEarly())
        }
        let range = start..<saved.position
        try await downloader.pool.run { [download] in try download.sync(range) }
    }

    private func excess(_ bytes: Int, total: Int?) -> DownloadFailure {
        total == nil ? .tooLarge(limit: downloader.limit) : .wrongSize(bytes)
    }

    private func flush(_ saved: inout Saved) async throws {
        guard !saved.gathered.isEmpty else { return }
        let (bytes, offset) = (saved.gathered, saved.position)
        saved.gathered = []
        try await downloader.pool.run { [download] in try download.write(bytes, at: offset) }
        saved.position = offset + bytes.count
        let there = state.withLock { state in
            state.plan.wrote(offset..<offset + bytes.count)
            return state.plan.present.count
        }
        progress(there)
    }
}

/// How far a piece is.
private struct Saved {
    /// The offset behind what is written.
    var position: Int
    /// What has come since.
    var gathered: [UInt8] = []

    var end: Int { position + gathered.count }
}
