import FoveaClient

/// The findings, for a terminal.
package struct Summary {
    private let findings: Findings
    private let style: TextStyle

    /// Photos shown a search.
    private static let matches = 4
    /// Characters shown of a photo's text.
    private static let textLength = 160
    /// Names shown in a list.
    private static let names = 8

    package init(_ findings: Findings, style: TextStyle) {
        self.findings = findings
        self.style = style
    }

    package var text: String {
        [search, people, reading, note].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var search: String {
        guard !findings.searches.isEmpty else { return "" }
        let rows = findings.searches.map { search in
            let matches = search.matches.prefix(Self.matches).map { match in
                "    \(NumberText.fixed(match.score, 3))  \(name(match.photo))\n"
            }
            return "  “\(style.bold(TextStyle.harmless(search.query)))”\n" + matches.joined()
        }
        return style.bold("Search") + style.dim("  cosine of text and photo") + "\n" + rows.joined()
    }

    private var people: String {
        guard !findings.people.isEmpty else { return style.bold("People") + "\n  nobody\n" }
        let faces = NumberText.count(findings.faceCount, "face")
        let distance = NumberText.fixed(PeopleGrouping.maximumDistance, 1)
        let title = "  \(faces) grouped by cosine distance ≤ \(distance)"
        var rows = ""
        for (index, person) in findings.people.enumerated() where person.appearances.count > 1 {
            let count = NumberText.count(person.appearances.count, "photo")
            let names = list(person.appearances.map { name($0.photo) })
            rows += "  \(style.bold("Person \(index + 1)"))  in \(count): \(names)\n"
        }
        let once = findings.people.filter { $0.appearances.count == 1 }
        if !once.isEmpty {
            rows +=
                "  \(NumberText.count(once.count, "person", "people")) in one photo only: "
                + list(counts(of: once)) + "\n"
        }
        return style.bold("People") + style.dim(title) + "\n" + rows
    }

    /// Photos with the number of people who are in them and in no other.
    private func counts(of people: [Person]) -> [String] {
        let byPhoto = Dictionary(grouping: people.flatMap(\.appearances), by: \.photo)
        return byPhoto.sorted { $0.key < $1.key }.map { photo, faces in
            faces.count == 1 ? name(photo) : "\(name(photo)) (\(faces.count))"
        }
    }

    private var reading: String {
        let rows = findings.photos.filter { !$0.lines.isEmpty }.map { result in
            let text = result.lines.map(\.text).joined(separator: " / ")
            let shown = text.count > Self.textLength ? text.prefix(Self.textLength) + "…" : text[...]
            return "  \(TextStyle.harmless(result.photo.name))\n"
                + "    \(TextStyle.harmless(String(shown)))\n"
        }
        return style.bold("Text") + "\n" + (rows.isEmpty ? "  none\n" : rows.joined())
    }

    private var note: String { findings.turnedNote.map { style.dim($0) + "\n" } ?? "" }

    private func name(_ photo: Int) -> String {
        TextStyle.harmless(findings.photos[photo].photo.name)
    }

    private func list(_ names: [String]) -> String {
        let more = names.count - Self.names
        return names.prefix(Self.names).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
