import Foundation

extension Report {
    var header: HTML {
        """
        <header>
        <p class="brand">Fovea</p>
        <h1>What was found in <em>\(findings.folder.lastPathComponent)</em></h1>
        <dl class="figures">
        \(figures)
        </dl>
        \(verdict)
        \(failures)
        <nav>\(sections.map { "<a href=\"#\($0.anchor)\">\($0.title)</a>" })</nav>
        </header>
        """
    }

    private var figures: [HTML] {
        let figures = [
            ("Photos", String(findings.photos.count)),
            ("Faces", String(findings.faceCount)),
            ("People", String(findings.people.count)),
            ("Lines of text", String(findings.lineCount)),
            ("Time", NumberText.duration(seconds: findings.seconds)),
            ("Photos a second", NumberText.fixed(findings.photosPerSecond, 1)),
        ]
        return figures.map { name, value in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
    }

    private var sections: [(anchor: String, title: String)] {
        [("search", "Search"), ("people", "People"), ("text", "Text"), ("photos", "Photos")]
            .filter { anchor, _ in
                switch anchor {
                case "search": !findings.searches.isEmpty
                case "people": !findings.people.isEmpty
                case "text": findings.lineCount > 0
                default: true
                }
            }
    }

    private var verdict: HTML {
        guard !checks.isEmpty else { return "" }
        let wrong = checks.filter { !$0.holds }
        if wrong.isEmpty {
            return
                "<p class=\"verdict good\">All \(checks.count) checks against what the photos show hold.</p>"
        }
        return """
            <div class="verdict bad">
            <p>\(wrong.count) of \(checks.count) checks against what the photos show do not hold:</p>
            <ul>\(wrong.map { "<li>\($0.expected). Found: \($0.found ?? "")</li>" })</ul>
            </div>
            """
    }

    private var failures: HTML {
        let failed = findings.failed
        guard !failed.isEmpty else { return "" }
        let title = NumberText.count(failed.count, "photo") + " failed"
        let rows: [HTML] = failed.map { result in
            "<li><b>\(result.photo.name)</b>: \(result.failures.joined(separator: "; "))</li>"
        }
        return """
            <details class="verdict bad">
            <summary>\(title)</summary>
            <ul>\(rows)</ul>
            </details>
            """
    }
}
