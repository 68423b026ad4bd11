import FoveaClient

/// Groups faces into people.
///
/// Two faces belong together where their embeddings are close, also by way of
/// other faces (the connected components of the graph of close faces). Two
/// faces in one photo are two people: the closest faces are joined first, and
/// a link that would put a person into a photo twice is left out. Without
/// this, small and blurred faces of a group photo run into one.
package struct PeopleGrouping {
    /// Cosine distance up to which faces belong together.
    package static let maximumDistance: Float = 0.5

    private struct Link {
        var distance: Float
        var a, b: Int
    }

    private let appearances: [Person.Appearance]
    private let embeddings: [[Float]]
    /// A face's group is the one that its parents lead to.
    private var parents: [Int]
    /// By group: the photos that it is in.
    private var photos: [Set<Int>]

    private init(_ results: [PhotoResult]) {
        appearances = results.indices.flatMap { photo in
            results[photo].faces.indices.map { Person.Appearance(photo: photo, face: $0) }
        }
        embeddings = appearances.map { Embedding.normalized(results[$0.photo].faces[$0.face].embedding) }
        parents = Array(appearances.indices)
        photos = appearances.map { [$0.photo] }
    }

    /// The people in the photos; those who are in most photos first, then by
    /// where they appear first.
    package static func people(in results: [PhotoResult]) -> [Person] {
        var grouping = PeopleGrouping(results)
        for link in grouping.links() { grouping.join(link.a, link.b) }
        return grouping.people()
    }

    /// Pairs of close faces in different photos, closest first.
    private func links() -> [Link] {
        var links: [Link] = []
        for b in appearances.indices {
            for a in 0..<b where appearances[a].photo != appearances[b].photo {
                let distance = 1 - Embedding.dot(embeddings[a], embeddings[b])
                if distance <= Self.maximumDistance { links.append(Link(distance: distance, a: a, b: b)) }
            }
        }
        return links.sorted { $0.distance < $1.distance }
    }

    private mutating func join(_ a: Int, _ b: Int) {
        let (a, b) = (group(of: a), group(of: b))
        guard a != b, photos[a].isDisjoint(with: photos[b]) else { return }
        let (smaller, larger) = photos[a].count < photos[b].count ? (a, b) : (b, a)
        parents[smaller] = larger
        photos[larger].formUnion(photos[smaller])
        photos[smaller] = []
    }

    private func group(of face: Int) -> Int {
        var group = face
        while parents[group] != group { group = parents[group] }
        return group
    }

    private func people() -> [Person] {
        let groups = Dictionary(grouping: appearances.indices, by: group)
        return groups.values
            .sorted { ($1.count, $0.first ?? 0) < ($0.count, $1.first ?? 0) }
            .map { faces in Person(appearances: faces.map { appearances[$0] }) }
    }
}
