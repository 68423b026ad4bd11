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

    /// What to keep in mind about photos that viewers turn, if there are any.
    package var turnedNote: String? {
        guard turnedCount > 0 else { return nil }
        let photos = NumberText.count(turnedCount, "photo is", "photos are")
        return
            "\(photos) stored turned. Immich's server turns photos before it asks the service; this demo sends "
            + "them as they are, so that their faces and text may be missed."
    }

    package var faceCount: Int { photos.reduce(0) { $0 + $1.faces.count } }
    package var lineCount: Int { photos.reduce(0) { $0 + $1.lines.count } }
    /// How many photos the service saw otherwise than people do.
    package var turnedCount: Int { photos.count { $0.orientation != .upright } }
    package var failed: [PhotoResult] { photos.filter { !$0.failures.isEmpty } }
    package var photosPerSecond: Double { seconds > 0 ? Double(photos.count) / seconds : 0 }
}
