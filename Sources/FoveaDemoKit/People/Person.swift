/// Faces that belong to one person.
package struct Person: Sendable, Hashable {
    /// Where a face is.
    package struct Appearance: Sendable, Hashable {
        /// Index of the photo in the results that were grouped.
        package var photo: Int
        /// Index of the face in the photo.
        package var face: Int

        package init(photo: Int, face: Int) {
            self.photo = photo
            self.face = face
        }
    }

    /// In the order of the photos, at most one a photo.
    package var appearances: [Appearance]

    package init(appearances: [Appearance]) {
        self.appearances = appearances
    }

    /// Indices of the photos that the person is in.
    package var photos: Set<Int> { Set(appearances.map(\.photo)) }
}
