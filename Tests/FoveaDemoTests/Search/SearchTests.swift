import FoveaDemoKit
import Testing

@Suite struct SearchTests {
    @Test func normalizes() {
        #expect(Embedding.normalized([3, 4]) == [0.6, 0.8])
        #expect(Embedding.normalized([0, 0]) == [0, 0])
        #expect(Embedding.normalized([]) == [])
    }

    @Test(arguments: [0, 1, 7, 8, 9, 512, 515])
    func dotProductsHaveEveryTerm(count: Int) {
        // 0·1 + 1·1 + … = n(n−1)/2, exact in Float for these.
        let product = Embedding.dot((0..<count).map(Float.init), [Float](repeating: 1, count: count))
        #expect(product == Float(count * (count - 1) / 2))
    }

    @Test func dotProductsOfUnequalLengthsDoNotReadBeyond() {
        #expect(Embedding.dot([1, 2, 3], [10]) == 10)
    }

    @Test func ranksByCosineAndSkipsPhotosWithoutEmbedding() {
        let photos = [
            PhotoResult("far.jpg", embedding: [0, 5]),
            PhotoResult("failed.jpg"),
            PhotoResult("near.jpg", embedding: [2, 0]),
            PhotoResult("between.jpg", embedding: [3, 4]),
        ]
        let search = SearchResult(query: "q", embedding: [10, 0], in: photos)
        #expect(search.matches.map(\.photo) == [2, 3, 0])
        #expect(search.matches.map(\.score) == [1, 0.6, 0])
    }

    @Test func equalScoresKeepTheOrderOfThePhotos() {
        let photos = (0..<40).map { PhotoResult("\($0).jpg", embedding: [1, 0]) }
        let search = SearchResult(query: "q", embedding: [1, 1], in: photos)
        #expect(search.matches.map(\.photo) == Array(0..<40))
    }
}
