package import Foundation

/// All that a demo shows.
package struct Findings: Sendable {
    /// The folder that was looked at.
    package var folder: URL
    package var photos: [PhotoResult]
    package var searches: [SearchResult]
    package var people: [Person]
    /// From the first request about a photo to the last answer.
    package var seconds: Double

    /// - Parameter queries: texts with their embeddings.
    package init(
        folder: URL, photos: [PhotoResult], queries: [(text: String, embedding: [Float])], seconds: Double
    ) {
        self.folder = folder
        self.photos = photos
        self.seconds = seconds
        searches = queries.map { SearchResult(query: $0.text, embedding: $0.embedding, in: photos) }
        people = PeopleGrouping.people(in: photos)
    }

    package var faceCount: Int { photos.reduce(0) { $0 + $1.faces.count } }
    package var lineCount: Int { photos.reduce(0) { $0 + $1.lines.count } }
    package var failed: [PhotoResult] { photos.filter { !$0.failures.isEmpty } }
    package var photosPerSecond: Double { seconds > 0 ? Double(photos.count) / seconds : 0 }
}
