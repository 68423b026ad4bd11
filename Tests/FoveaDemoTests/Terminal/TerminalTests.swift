import FoveaDemoKit
import Testing

@Suite struct TerminalTests {
    private let plain = TextStyle(isTerminal: false, environment: [:])

    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false),
        (true, ["NO_COLOR": ""], true), (true, ["TERM": "dumb"], false),
    ])
    func colorsAreForTerminals(isTerminal: Bool, environment: [String: String], colored: Bool) {
        let style = TextStyle(isTerminal: isTerminal, environment: environment)
        #expect(style.isColored == colored)
        #expect(style.red("x") == (colored ? "\u{1B}[31mx\u{1B}[0m" : "x"))
    }

    @Test func namesCannotSteerTheTerminal() {
        #expect(TextStyle.harmless("a\u{1B}[2Jb\nc\u{9B}d é 猫") == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d é 猫")
    }

    @Test func theBarFillsAndCountsDown() {
        var meter = ProgressMeter(total: 4, columns: 80)
        #expect(meter.start == "\r" + String(repeating: "░", count: 24) + " 0/4  loading models")
        let first = meter.advance(seconds: 2, failed: false)
        #expect(first.hasPrefix("\r██████░"))
        #expect(first.contains(" 1/4  0.5 photos/s  6.0 s left\u{1B}[K"))
        _ = meter.advance(seconds: 4, failed: true)
        #expect(meter.advance(seconds: 6, failed: false).contains("2.0 s left  1 failed"))
        let last = meter.advance(seconds: 8, failed: false)
        #expect(last.contains("4/4  0.5 photos/s  done in 8.0 s") && last.hasSuffix("\n"))
    }

    @Test func theBarFitsTheTerminal() {
        var meter = ProgressMeter(total: 9, columns: 30)
        let line = meter.advance(seconds: 1, failed: false)
        // A carriage return, 29 characters, three that clear the rest.
        #expect(line.count == 1 + 29 + 3)
    }

    @Test func plainLinesComeNowAndThen() {
        var meter = ProgressMeter(total: 4, columns: nil)
        #expect(meter.start.hasPrefix("4 photos;"))
        #expect(meter.interruption == "")
        #expect(meter.advance(seconds: 1, failed: false) == "1/4  1.0 photos/s  3.0 s left\n")
        #expect(meter.advance(seconds: 5.9, failed: false) == "")
        #expect(meter.advance(seconds: 6, failed: false) == "3/4  0.5 photos/s  2.0 s left\n")
        #expect(meter.advance(seconds: 6.5, failed: false) == "4/4  0.6 photos/s  done in 6.5 s\n")
    }

    @Test func summarySaysWhatWasFound() {
        let findings = Findings(
            [
                PhotoResult("a.jpg", embedding: [1, 0], faces: [[1, 0], [0, 1]]),
                PhotoResult(
                    "b\u{1B}.jpg", embedding: [0, 1], faces: [[1, 0]], lines: ["Tourist", "Castle"]),
            ], queries: [("a cat", [0.6, 0.8])])
        #expect(
            Summary(findings, style: plain).text == """
                Search  cosine of text and photo
                  “a cat”
                    0.800  b\u{FFFD}.jpg
                    0.600  a.jpg

                People  3 faces grouped by cosine distance ≤ 0.5
                  Person 1  in 2 photos: a.jpg, b\u{FFFD}.jpg
                  1 person in one photo only: a.jpg

                Text
                  b\u{FFFD}.jpg
                    Tourist / Castle

                """)
        let nothing = Summary(Findings([PhotoResult("a.jpg")]), style: plain).text
        #expect(nothing == "People\n  nobody\n\nText\n  none\n")
    }

    @Test func verdictNamesWhatDoesNotHold() {
        let good = ExpectationCheck(expected: "good", found: nil)
        let bad = ExpectationCheck(expected: "bad", found: "worse")
        #expect(Verdict([good], style: plain).holds)
        let verdict = Verdict([good, bad], style: plain)
        #expect(!verdict.holds)
        #expect(verdict.text.contains("1 of 2") && verdict.text.contains("  bad\n    found: worse\n"))
    }
}
