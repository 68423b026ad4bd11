import FoveaClient

extension Report {
    /// People in several photos first, each with all their faces; then
    /// everybody who was seen once.
    var people: HTML {
        guard !findings.people.isEmpty else { return "" }
        let numbered = findings.people.enumerated().map { (number: $0.offset + 1, person: $0.element) }
        let again = numbered.filter { $0.person.appearances.count > 1 }
        let once = numbered.filter { $0.person.appearances.count == 1 }
        let faces = once.flatMap { entry in
            entry.person.appearances.map { crop($0, label: "Person \(entry.number)") }
        }
        let distance = NumberText.fixed(PeopleGrouping.maximumDistance, 1)
        let rest: HTML = """
            <h3>Seen once <small>\(NumberText.count(faces.count, "person", "people"))</small></h3>
            <ul class="faces small">
            \(faces)
            </ul>
            """
        return """
            <section id="people">
            <h2>People</h2>
            <p class="note">Faces of different photos that are within a cosine distance of \(distance).</p>
            \(again.map { group($0.person, number: $0.number) })
            \(faces.isEmpty ? "" : rest)
            </section>
            """
    }

    private func group(_ person: Person, number: Int) -> HTML {
        let count = "in " + NumberText.count(person.photos.count, "photo")
        return """
            <h3>Person \(number) <small>\(count)</small></h3>
            <ul class="faces">
            \(person.appearances.map { crop($0, label: findings.photos[$0.photo].photo.name) })
            </ul>
            """
    }

    /// A face cut out of its photo: the photo in a square that hides the rest.
    private func crop(_ appearance: Person.Appearance, label: String) -> HTML {
        let result = findings.photos[appearance.photo]
        guard let size = result.size, let shown = result.shownSize else { return "" }
        let face = result.faces[appearance.face]
        let crop = FaceCrop(of: result.orientation.shown(face.box, in: size), in: shown)
        let source = link.link(to: result.photo.file)
        let title = "\(result.photo.name), score \(NumberText.fixed(face.score, 2))"
        return """
            <li><a class="crop" href="\(source)" title="\(title)">\
            <img src="\(source)" alt="\(title)" loading="lazy" decoding="async" style="\(crop.style)"></a>
            <span class="name">\(label)</span></li>
            """
    }
}
