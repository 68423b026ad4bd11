import Foundation
import FoveaDemoKit
import Testing

@Suite struct ReportTests {
    private let file = URL(filePath: "/photos/demo/report.html")

    private func page(_ findings: Findings, checks: [ExpectationCheck] = []) -> String {
        Report(findings, checks: checks, file: file).page.markup
    }

    @Test func showsSearchesPeopleTextAndPhotos() {
        let page = page(
            Findings(
                [
                    PhotoResult("a.jpg", embedding: [1, 0], faces: [[1, 0]]),
                    PhotoResult("b.jpg", embedding: [0, 1], faces: [[1, 0]], lines: ["Castle"]),
                ], queries: [("a cat", [0.6, 0.8])]))
        #expect(page.contains(#"<h3 class="query">a cat</h3>"#))
        #expect(page.contains("<b>0.800</b>") && page.contains("<b>0.600</b>"))
        #expect(page.contains("Person 1 <small>in 2 photos</small>"))
        #expect(page.contains(#"<li title="score 0.50">Castle</li>"#))
        #expect(page.contains(#"<svg viewBox="0 0 100 50">"#))
        // The box of `PhotoResult.init` in pixels of 100 × 50.
        #expect(page.contains(#"points="50.0,25.0 75.0,25.0 75.0,50.0 50.0,50.0""#))
        #expect(page.contains(#"points="10.0,5.0 30.0,5.0 30.0,25.0 10.0,25.0""#))
        #expect(page.contains(#"src="../a.jpg""#))
    }

    @Test func boxesTurnWithThePhoto() {
        var photo = PhotoResult("a.jpg", faces: [[1]], lines: ["x"])
        photo.orientation = .turnedRight
        let page = page(Findings([photo]))
        #expect(page.contains(#"<svg viewBox="0 0 50 100">"#))
        // x' = 50 − y, y' = x for the corners of `PhotoResult.init`.
        #expect(page.contains(#"points="25.0,50.0 25.0,75.0 0.0,75.0 0.0,50.0""#))
        #expect(page.contains(#"points="25.0,10.0 45.0,10.0 45.0,30.0 25.0,30.0""#))
        #expect(page.contains("1 photo is stored turned."))
    }

    @Test func isOneFileWithoutScripts() {
        let page = page(Findings([PhotoResult("a.jpg", embedding: [1], lines: ["x"])], queries: [("q", [1])]))
        for part in ["<script", "<link", "http:", "https:", "@import", "url("] {
            #expect(!page.contains(part), "\(part)")
        }
    }

    @Test func nothingFromOutsideBecomesMarkup() {
        let evil = #""><script>alert('x')</script>"#
        let photos = [
            PhotoResult(evil, embedding: [1], faces: [[1]], lines: [evil], failures: [evil]),
            PhotoResult("b", embedding: [1], faces: [[1]]),
        ]
        let check = ExpectationCheck(expected: evil, found: evil)
        var findings = Findings(photos, queries: [(evil, [1])])
        findings.folder = URL(filePath: "/x/<script>")
        #expect(!page(findings, checks: [check]).contains("<script"))
    }

    @Test func saysWhatFailed() {
        let findings = Findings([PhotoResult("a.jpg", failures: ["not a picture"]), PhotoResult("b.jpg")])
        let good = ExpectationCheck(expected: "good", found: nil)
        let bad = ExpectationCheck(expected: "bad", found: "worse")
        let page = page(findings, checks: [good, bad])
        #expect(page.contains("<summary>1 photo failed</summary>"))
        #expect(page.contains("<b>a.jpg</b>: not a picture"))
        #expect(page.contains("1 of 2 checks") && page.contains("<li>bad. Found: worse</li>"))
        #expect(self.page(findings, checks: [good]).contains("All 1 checks"))
    }

    @Test func writesTheFoldersAboveIt() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "a/b/report.html")
        try Report(Findings([PhotoResult("a.jpg")]), checks: [], file: file).write(to: file)
        #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("<!doctype html>"))
    }
}
