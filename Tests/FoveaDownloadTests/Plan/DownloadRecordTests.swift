import FoveaDownload
import Testing

@Suite struct DownloadRecordTests {
    private let record = DownloadRecord(
        boot: "b", total: 100, hash: "SHA-256 0a", etag: "\"v1\"",
        written: ByteRanges([0..<10, 20..<30]), synced: ByteRanges([0..<5]))
    private let file = RemoteFile(url: "http://host/file", byteCount: 100, hash: .sha256("0A"))

    @Test func aRecordReadsBack() {
        #expect(DownloadRecord(text: record.text) == record)
        let least = DownloadRecord(boot: nil, total: nil, hash: nil, etag: nil)
        #expect(DownloadRecord(text: least.text) == least)
    }

    @Test func linesAreAdded() {
        let text = record.text + "+ 30 10\n= 0 10\n"
        let read = DownloadRecord(text: text)
        #expect(read?.written.ranges == [0..<10, 20..<40])
        #expect(read?.synced.ranges == [0..<10])
    }

    /// However much of the last line was written, it claims nothing.
    @Test(arguments: 1..<"+ 30 1000000\n".count) func aLineThatWasCutOffIsNone(_ missing: Int) {
        let text = record.text + "+ 30 1000000\n".dropLast(missing)
        #expect(DownloadRecord(text: text)?.written == record.written)
    }

    @Test(arguments: [
        "", "fovea-download 2\n", "fovea-download", "<html>", "\n",
    ]) func othersAreNone(_ text: String) {
        #expect(DownloadRecord(text: text) == nil)
    }

    @Test(arguments: ["+ 5\n", "+ -5 10\n", "+ 5 0\n", "+ a b\n", "? 1 2\n", "+ 9223372036854775807 9\n"])
    func whatIsDamagedEndsIt(_ line: String) {
        #expect(DownloadRecord(text: record.text + line + "+ 50 10\n")?.written == record.written)
    }

    @Test func whatWasWrittenCountsForOneRunOfTheMachine() {
        #expect(record.usable(for: file, byteCount: 100, boot: "b").ranges == [0..<10, 20..<30])
        #expect(record.usable(for: file, byteCount: 100, boot: "c").ranges == [0..<5])
        #expect(record.usable(for: file, byteCount: 100, boot: nil).ranges == [0..<5])
    }

    @Test func nothingIsTrustedBehindTheFilesEnd() {
        #expect(record.usable(for: file, byteCount: 25, boot: "b").ranges == [0..<10, 20..<25])
        #expect(record.usable(for: file, byteCount: 0, boot: "b").ranges.isEmpty)
    }

    @Test func aRecordOfAnotherFileSaysNothing() {
        var other = file
        other.byteCount = 99
        #expect(record.usable(for: other, byteCount: 99, boot: "b").ranges.isEmpty)
        other = file
        other.hash = .sha256("0b")
        #expect(record.usable(for: other, byteCount: 100, boot: "b").ranges.isEmpty)
        other.hash = nil
        #expect(record.usable(for: other, byteCount: 100, boot: "b").ranges.isEmpty)
    }

    @Test func whatCannotBeToldFromAnotherVersionIsNotGoneOnFrom() {
        var bare = record
        bare.hash = nil
        let file = RemoteFile(url: "http://host/file", byteCount: 100)
        #expect(bare.usable(for: file, byteCount: 100, boot: "b").ranges == [0..<10, 20..<30])
        bare.etag = "W/\"v1\""
        #expect(bare.usable(for: file, byteCount: 100, boot: "b").ranges.isEmpty)
        bare.etag = nil
        #expect(bare.usable(for: file, byteCount: 100, boot: "b").ranges.isEmpty)
    }
}
