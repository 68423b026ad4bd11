import FoveaClient

extension Report {
    /// The photos that have text, with what was read in them.
    var text: HTML {
        let photos = findings.photos.filter { !$0.lines.isEmpty }
        guard !photos.isEmpty else { return "" }
        return """
            <section id="text">
            <h2>Text</h2>
            <ul class="readings">
            \(photos.map(reading))
            </ul>
            </section>
            """
    }

    private func reading(_ result: PhotoResult) -> HTML {
        let source = link.link(to: result.photo.file)
        let lines: [HTML] = result.lines.map { line in
            "<li title=\"score \(NumberText.fixed(line.score, 2))\">\(line.text)</li>"
        }
        return """
            <li><a href="\(source)">\
            <img class="thumb" src="\(source)" alt="\(result.photo.name)" loading="lazy" decoding="async"></a>
            <div><p class="name">\(result.photo.name)</p><ul class="lines">\(lines)</ul></div></li>
            """
    }
}
