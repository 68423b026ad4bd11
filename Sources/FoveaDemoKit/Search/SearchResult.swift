/// A query's photos.
package struct SearchResult: Sendable {
    /// A photo and how well it fits.
    package struct Match: Sendable, Hashable {
        /// Index of the photo in the results that were searched.
        package var photo: Int
        /// Cosine of the photo's and the query's embedding: -1…1, higher fits better.
        package var score: Float
    }

    package var query: String
    /// Every photo that has an embedding, best first.
    package var matches: [Match]

    /// - Parameter embedding: the query's.
    package init(query: String, embedding: [Float], in photos: [PhotoResult]) {
        self.query = query
        let wanted = Embedding.normalized(embedding)
        matches = photos.indices.compactMap { photo in
            photos[photo].embedding.map { embedding in
                Match(photo: photo, score: Embedding.dot(wanted, Embedding.normalized(embedding)))
            }
        }
        // Sorting is stable: of equal scores, the photo that comes first by name.
        matches.sort { $0.score > $1.score }
    }
}
