import Foundation
import FoveaCore
import Synchronization

/// A partial file with the record of what is there of it. Calls block.
///
/// Bytes are written before they are recorded: whenever the process ends, the
/// record claims none that are missing.
final class PartialDownload: Sendable {
    private let url: URL
    private let file: RemoteFile
    private let data: PartialFile
    private let boot: String?
    /// `nil` until the server has told which version of the file it has.
    private let record = Mutex<RecordFile?>(nil)
    /// What the server calls the version that is there, and its size.
    let found: DownloadRecord

    /// Opens a partial file, or makes it, and drops what cannot be gone on from.
    init(_ url: URL, of file: RemoteFile, boot: String? = BootID.current) throws {
        self.url = url
        self.file = file
        self.boot = boot
        data = try PartialFile(url)
        found = try Self.find(in: data, at: url, of: file, boot: boot)
    }

    private static func find(
        in data: PartialFile, at url: URL, of file: RemoteFile, boot: String?
    ) throws -> DownloadRecord {
        let byteCount = data.byteCount
        var found = DownloadRecord(boot: boot, total: file.byteCount, hash: file.hash?.description, etag: nil)
        if let record = RecordFile.read(of: url) {
            found.written = record.usable(for: file, byteCount: byteCount, boot: boot)
            if !found.written.ranges.isEmpty {
                found.total = record.total
                found.etag = record.etag
            }
        } else if file.hash != nil, byteCount <= file.byteCount ?? 0 {
            // Files are without a record when they are complete, or come from
            // elsewhere: without holes. The hash will tell.
            found.written.insert(0..<byteCount)
        }
        if found.written.ranges.isEmpty, byteCount > 0 { try data.empty() }
        return found
    }

    /// Notes which version of the file is being fetched.
    ///
    /// - Parameter present: what is there of it.
    func begin(etag: String?, total: Int?, present: ByteRanges) throws {
        if present.ranges.isEmpty { try data.empty() }
        // What is there may be of another run of the machine, and is claimed anew.
        try data.sync()
        let head = DownloadRecord(
            boot: boot, total: total, hash: file.hash?.description, etag: etag, synced: present)
        let new = try RecordFile(head, of: url)
        record.withLock { $0 = new }
    }

    /// Drops everything.
    func empty() throws {
        try RecordFile.remove(of: url)
        record.withLock { $0 = nil }
        try data.empty()
    }

    func write(_ bytes: [UInt8], at offset: Int) throws {
        guard !bytes.isEmpty else { return }
        try data.write(bytes, at: offset)
        let line = DownloadRecord.line(written: offset..<offset + bytes.count)
        try record.withLock { try $0?.append(line) }
    }

    /// Returns once a range that was written is on the disk, and noted as such.
    func sync(_ range: Range<Int>) throws {
        guard !range.isEmpty else { return }
        try data.sync()
        try record.withLock { try $0?.append(DownloadRecord.line(synced: range)) }
    }

    /// The file is complete: it stays on the disk, and needs no record.
    func finish() throws {
        try data.sync()
        try RecordFile.remove(of: url)
    }
}
