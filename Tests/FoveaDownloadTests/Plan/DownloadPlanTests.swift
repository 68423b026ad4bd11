import FoveaDownload
import Testing

@Suite struct DownloadPlanTests {
    private func pieces(_ plan: inout DownloadPlan) -> [DownloadPlan.Piece] {
        var pieces: [DownloadPlan.Piece] = []
        while let piece = plan.next() { pieces.append(piece) }
        return pieces
    }

    @Test func aSmallFileIsAskedForAtOnce() {
        var plan = DownloadPlan(total: 15, present: ByteRanges(), leastBytes: 8)
        #expect(pieces(&plan) == [.whole])
        var begun = DownloadPlan(total: 15, present: ByteRanges([0..<4]), leastBytes: 8)
        #expect(pieces(&begun) == [.part(4..<15)])
    }

    @Test func aLargeFileIsCutIntoPiecesThatAreWorthIt() {
        var plan = DownloadPlan(total: 27, present: ByteRanges(), leastBytes: 8)
        #expect(pieces(&plan) == [.part(0..<8), .part(8..<16), .part(16..<27)])
    }

    @Test func piecesGrowWithTheFile() {
        var plan = DownloadPlan(total: 6400, present: ByteRanges(), leastBytes: 8)
        let pieces = pieces(&plan)
        #expect(pieces.count <= 64)
        #expect(pieces.first == .part(0..<100))
    }

    @Test func onlyWhatIsMissingIsAskedFor() {
        var plan = DownloadPlan(total: 40, present: ByteRanges([0..<10, 20..<30]), leastBytes: 8)
        #expect(pieces(&plan) == [.part(10..<20), .part(30..<40)])
        #expect(!plan.isComplete)
        plan.wrote(10..<20)
        plan.wrote(30..<40)
        #expect(plan.isComplete)
    }

    @Test func whatDidNotComeIsAskedForAgain() {
        var plan = DownloadPlan(total: 40, present: ByteRanges(), leastBytes: 20)
        #expect(pieces(&plan) == [.part(0..<20), .part(20..<40)])
        plan.wrote(0..<5)
        plan.ended(.part(0..<20))
        #expect(pieces(&plan) == [.part(5..<20)])
    }

    @Test func anUnknownSizeIsLearnedFromTheFirstPart() {
        var plan = DownloadPlan(total: nil, present: ByteRanges(), leastBytes: 8)
        #expect(pieces(&plan) == [.part(0..<8)])
        plan.learned(total: 30)
        #expect(pieces(&plan) == [.part(8..<16), .part(16..<30)])
        var small = DownloadPlan(total: nil, present: ByteRanges(), leastBytes: 8)
        #expect(pieces(&small) == [.part(0..<8)])
        small.learned(total: 3)
        small.wrote(0..<3)
        #expect(small.isComplete && small.next() == nil)
    }

    /// What was asked for without knowing the size ends where the file does.
    @Test func aFirstPartThatBreaksOffIsGoneOnWith() {
        var plan = DownloadPlan(total: nil, present: ByteRanges(), leastBytes: 8)
        #expect(plan.next() == .part(0..<8))
        plan.learned(total: 5)
        plan.wrote(0..<2)
        plan.ended(.part(0..<5))
        #expect(plan.next() == .part(2..<5))
    }

    @Test func aServerWithoutPartsIsAskedForNoneAgain() {
        var plan = DownloadPlan(total: 40, present: ByteRanges([0..<10]), leastBytes: 8)
        let piece = plan.next()
        #expect(piece == .part(10..<18))
        plan.becameWhole(.part(10..<18), total: 40)
        #expect(plan.present.count == 0 && plan.next() == nil)
        plan.wrote(0..<30)
        plan.ended(.whole)
        #expect(plan.next() == .whole)
    }

    @Test func anotherVersionStartsOver() {
        var plan = DownloadPlan(total: 40, present: ByteRanges([0..<10]), leastBytes: 8)
        plan.startOver(total: nil, withParts: true)
        #expect(plan.next() == .part(0..<8))
        plan.startOver(total: 40, withParts: false)
        #expect(plan.next() == .whole)
    }

    @Test func nothingIsAskedForOfAnEmptyFile() {
        var plan = DownloadPlan(total: 0, present: ByteRanges(), leastBytes: 8)
        #expect(plan.isComplete && plan.next() == nil)
    }
}
