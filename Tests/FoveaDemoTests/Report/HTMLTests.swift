import Foundation
import FoveaCore
import FoveaDemoKit
import Testing

@Suite struct HTMLTests {
    @Test func stringsAreEscapedAndMarkupIsNot() {
        let name = #"<b>"Tom" & 'Jerry'</b>"#
        let part: HTML = "<i>\(1)</i>"
        let html: HTML = "<td title=\"\(name)\">\(part)\([part, part])</td>"
        #expect(
            html.markup == """
                <td title="&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;"><i>1</i><i>1</i>
                <i>1</i></td>
                """)
    }

    @Test(arguments: [
        ("/home/me/fovea/Samples/a b#1.jpg", "../Samples/a%20b%231.jpg"),
        ("/home/me/fovea/demo/x.jpg", "x.jpg"),
        ("/home/me/Pictures/50%?&é.jpg", "file:///home/me/Pictures/50%25%3F%26%C3%A9.jpg"),
        ("/data/it's.jpg", "file:///data/it%27s.jpg"),
    ])
    func linksAreEncodedAndRelativeWithinAProject(path: String, link: String) {
        let links = PhotoLink(from: URL(filePath: "/home/me/fovea/demo/report.html"))
        #expect(links.link(to: URL(filePath: path)) == link)
    }

    @Test func linksFromTheTopOfTheFileSystemAreWhole() {
        let links = PhotoLink(from: URL(filePath: "/tmp/report.html"))
        #expect(links.link(to: URL(filePath: "/data/a.jpg")) == "file:///data/a.jpg")
    }

    @Test func facesAreCutOutInASquareWithinThePhoto() {
        let size = ImageSize(width: 1000, height: 500)
        // A face of 100 × 80 around (500, 240): a square of 150 from (425, 165).
        let inside = FaceCrop(of: Box(x1: 450, y1: 200, x2: 550, y2: 280), in: size)
        #expect(inside.style == "width:666.67%;left:-283.33%;top:-110.00%")
        // At the corner: the square starts at the photo's edges.
        let corner = FaceCrop(of: Box(x1: -20, y1: -20, x2: 80, y2: 80), in: size)
        #expect(
            corner.style.hasSuffix("left:0.00%;top:0.00%") || corner.style.hasSuffix("left:-0.00%;top:-0.00%")
        )
        let far = FaceCrop(of: Box(x1: 990, y1: 490, x2: 1090, y2: 590), in: size)
        // 1000 − 150 and 500 − 150 of 150.
        #expect(far.style == "width:666.67%;left:-566.67%;top:-233.33%")
        // Inside out: still a square of some size.
        #expect(FaceCrop(of: Box(x1: 9, y1: 9, x2: 1, y2: 1), in: size).width.isFinite)
    }

    @Test func boxesAreDrawnInPixelsWithEscapedLabels() {
        let corners = [(10, 50), (90, 50), (90, 60), (10, 60)].map { Point(x: $0, y: $1) }
        let box = OverlayBox(kind: "line", label: "<&>", corners: corners)
        let markup = box.markup(in: ImageSize(width: 240, height: 120)).markup
        #expect(markup.contains(#"<polygon points="10.0,50.0 90.0,50.0 90.0,60.0 10.0,60.0"/>"#))
        #expect(markup.contains(">&lt;&amp;&gt;</text>"))
        #expect(markup.contains(#"text-anchor="start""#))
    }

    @Test(arguments: [
        (0.04, "0.0 s"), (8.42, "8.4 s"), (12.0, "12 s"), (59.6, "1 min 0 s"), (200.0, "3 min 20 s"),
        (7500.0, "2 h 5 min"), (Double.infinity, "?"),
    ])
    func durationsAreShort(seconds: Double, text: String) {
        #expect(NumberText.duration(seconds: seconds) == text)
    }

    @Test func countsAreGrammatical() {
        #expect(NumberText.count(1, "photo") == "1 photo")
        #expect(NumberText.count(0, "photo") == "0 photos")
        #expect(NumberText.count(2, "person", "people") == "2 people")
    }
}
