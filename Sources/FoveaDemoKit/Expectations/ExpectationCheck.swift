import FoveaClient

/// One expectation, and whether it holds.
package struct ExpectationCheck: Sendable, Hashable {
    /// What was expected, such as `"a cat" finds cat.jpg first`.
    package var expected: String
    /// What was found instead; `nil` where the expectation holds.
    package var found: String?

    package init(expected: String, found: String?) {
        self.expected = expected
        self.found = found
    }

    package var holds: Bool { found == nil }
}

extension Expectations {
    /// Compares the findings with the truth.
    package func checks(of findings: Findings) -> [ExpectationCheck] {
        queries.map { check($0, findings) }
            + people.counts.sorted { $0.key < $1.key }.map { checkCount($0.key, $0.value, findings) }
            + people.same.map { checkSame($0, findings) }
            + people.different.map { checkDifferent($0, findings) }
            + texts.map { check($0, findings) }
    }

    private func check(_ query: Query, _ findings: Findings) -> ExpectationCheck {
        let expected = "\"\(query.text)\" finds \(list(query.first)) first"
        let matches = findings.searches.first { $0.query == query.text }?.matches ?? []
        let first = matches.prefix(query.first.count).map { findings.photos[$0.photo].photo.name }
        let holds = Set(first) == Set(query.first)
        return ExpectationCheck(expected: expected, found: holds ? nil : list(first))
    }

    private func checkCount(_ photo: String, _ count: Int, _ findings: Findings) -> ExpectationCheck {
        let found = findings.people.count { findings.names(of: $0).contains(photo) }
        return ExpectationCheck(
            expected: "\(photo) shows \(count) \(count == 1 ? "person" : "people")",
            found: found == count ? nil : "\(found)")
    }

    private func checkSame(_ photos: [String], _ findings: Findings) -> ExpectationCheck {
        let holds = findings.people.contains { findings.names(of: $0).isSuperset(of: photos) }
        return ExpectationCheck(
            expected: "one person is in \(list(photos))", found: holds ? nil : "nobody is in all of them")
    }

    private func checkDifferent(_ photos: [String], _ findings: Findings) -> ExpectationCheck {
        let shared = findings.people.map { findings.names(of: $0).intersection(photos) }
            .first { $0.count > 1 }
        return ExpectationCheck(
            expected: "nobody is in two of \(list(photos))",
            found: shared.map { "one person in \(list($0.sorted()))" })
    }

    private func check(_ text: Text, _ findings: Findings) -> ExpectationCheck {
        let lines = findings.photos.first { $0.photo.name == text.photo }?.lines.map(\.text) ?? []
        let read = lines.joined(separator: " ")
        let missing = text.contains.filter { !read.contains($0) }
        return ExpectationCheck(
            expected: "\(text.photo) reads \(quoted(text.contains))",
            found: missing.isEmpty ? nil : "\(quoted(missing)) not in \(quoted([read]))")
    }

    private func list(_ names: [String]) -> String {
        names.isEmpty ? "nothing" : names.joined(separator: ", ")
    }

    private func quoted(_ texts: [String]) -> String {
        texts.map { "\"\($0)\"" }.joined(separator: ", ")
    }
}

extension Findings {
    /// Names of the photos that a person is in.
    package func names(of person: Person) -> Set<String> {
        Set(person.photos.map { photos[$0].photo.name })
    }
}
