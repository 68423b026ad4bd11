extension Report {
    /// How many photos a search shows.
    private var shown: Int { 6 }

    /// A row of photos a query.
    var search: HTML {
        guard !findings.searches.isEmpty else { return "" }
        return """
            <section id="search">
            <h2>Search</h2>
            <p class="note">The photos whose embeddings are closest to the text’s, with their cosine.</p>
            \(findings.searches.map(row))
            </section>
            """
    }

    private func row(_ search: SearchResult) -> HTML {
        let best = search.matches.prefix(shown)
        return """
            <h3 class="query">\(search.query)</h3>
            <ol class="row">
            \(best.map { match(photo: $0.photo, score: $0.score) })
            </ol>
            """
    }

    private func match(photo: Int, score: Float) -> HTML {
        let photo = findings.photos[photo].photo
        let width = NumberText.fixed(max(0, min(1, score)) * 100, 1)
        return """
            <li><a href="\(link.link(to: photo.file))">\
            <img class="thumb" src="\(link.link(to: photo.file))" alt="\(photo.name)" loading="lazy" decoding="async"></a>
            <span class="caption"><span class="name">\(photo.name)</span><b>\(NumberText.fixed(score, 3))</b></span>
            <span class="bar"><i style="width:\(width)%"></i></span></li>
            """
    }
}
