import FoveaClient
import FoveaCore

extension Report {
    /// Every photo, with boxes around its faces and lines of text.
    var photos: HTML {
        """
        <section id="photos">
        <h2>Photos</h2>
        <p class="note">Hover or tap a box to see what it is.
        <label><input type="checkbox" id="show-faces" checked> <span class="key face">Faces</span></label>
        <label><input type="checkbox" id="show-text" checked> <span class="key line">Text</span></label></p>
        \(turned)
        <div class="grid">
        \(findings.photos.indices.map(card))
        </div>
        </section>
        """
    }

    private var turned: HTML {
        guard let note = findings.turnedNote else { return "" }
        return "<p class=\"note\">\(note)</p>"
    }

    private func card(_ index: Int) -> HTML {
        let result = findings.photos[index]
        let source = link.link(to: result.photo.file)
        // Banners and towers get a frame that one can still look at.
        let ratio = result.shownSize.map { Double($0.width) / Double(max($0.height, 1)) } ?? 1.5
        let frame = NumberText.fixed(min(max(ratio, 0.5), 3), 3)
        return """
            <figure style="--ratio:\(frame)">
            <div class="frame"><a href="\(source)">\
            <img src="\(source)" alt="\(result.photo.name)" loading="lazy" decoding="async"></a>
            \(result.size.map { boxes(index, $0) } ?? "")</div>
            <figcaption><span class="name">\(result.photo.name)</span>\(caption(result))</figcaption>
            </figure>
            """
    }

    private func caption(_ result: PhotoResult) -> HTML {
        if !result.failures.isEmpty {
            return "<span class=\"failure\">\(result.failures.joined(separator: "; "))</span>"
        }
        var parts: [String] = []
        if !result.faces.isEmpty { parts.append(NumberText.count(result.faces.count, "face")) }
        if !result.lines.isEmpty { parts.append(NumberText.count(result.lines.count, "line")) }
        return parts.isEmpty ? "" : "<span>\(parts.joined(separator: ", "))</span>"
    }

    /// A drawing in the photo's pixels, as browsers show it, over the photo.
    private func boxes(_ photo: Int, _ size: ImageSize) -> HTML {
        let result = findings.photos[photo]
        guard !result.faces.isEmpty || !result.lines.isEmpty else { return "" }
        let faces = result.faces.indices.map { index in
            let face = result.faces[index]
            let person = personNumbers[Person.Appearance(photo: photo, face: index)] ?? 0
            let box = result.orientation.shown(face.box, in: size)
            let corners = [
                Point(x: box.x1, y: box.y1), Point(x: box.x2, y: box.y1), Point(x: box.x2, y: box.y2),
                Point(x: box.x1, y: box.y2),
            ]
            return OverlayBox(
                kind: "face", label: "Person \(person) · \(NumberText.fixed(face.score, 2))", corners: corners
            )
        }
        let lines = result.lines.map { line in
            OverlayBox(
                kind: "line", label: "\(line.text) · \(NumberText.fixed(line.score, 2))",
                corners: line.corners.map {
                    let stored = Point(x: $0.x * Float(size.width), y: $0.y * Float(size.height))
                    return result.orientation.shown(stored, in: size)
                })
        }
        let shown = result.orientation.shown(size)
        return """
            <svg viewBox="0 0 \(shown.width) \(shown.height)">
            \((lines + faces).map { $0.markup(in: shown) })
            </svg>
            """
    }
}
