import Foundation
import FoveaDemoKit
import Testing

@Suite struct PeopleGroupingTests {
    /// A face at an angle: two are `1 - cos(difference)` apart, so that those
    /// within 60° belong together.
    private func face(_ degrees: Float) -> [Float] {
        let radians = Double(degrees) * Double.pi / 180
        return [Float(cos(radians)) * 3, Float(sin(radians)) * 3]
    }

    /// Photo numbers of each person.
    private func people(_ photos: [[Float]]) -> [[Int]] {
        let results = photos.enumerated().map { index, angles in
            PhotoResult("\(index).jpg", faces: angles.map(face))
        }
        return PeopleGrouping.people(in: results).map { $0.appearances.map(\.photo) }
    }

    @Test func closeFacesAreOnePerson() {
        #expect(people([[0], [59], [180]]) == [[0, 1], [2]])
        #expect(people([[0], [61]]) == [[0], [1]])
    }

    @Test func facesAreLinkedByWayOfOthers() {
        #expect(people([[0], [100], [50]]) == [[0, 1, 2]])
    }

    @Test func facesOfOnePhotoAreDifferentPeople() {
        #expect(people([[0, 10]]) == [[0], [0]])
        // The closer of the two is the person in the other photo.
        let results = [
            PhotoResult("a.jpg", faces: [face(0), face(30)]), PhotoResult("b.jpg", faces: [face(28)]),
        ]
        let people = PeopleGrouping.people(in: results)
        #expect(
            people.map(\.appearances) == [
                [.init(photo: 0, face: 1), .init(photo: 1, face: 0)], [.init(photo: 0, face: 0)],
            ])
        // Nor does a third photo tie the two together.
        #expect(self.people([[0, 50], [25]]).map(\.count).sorted() == [1, 2])
    }

    @Test func thoseInMostPhotosComeFirst() {
        #expect(people([[0], [180], [181], [90]]) == [[1, 2], [0], [3]])
        #expect(people([]) == [])
        #expect(people([[], []]) == [])
    }
}
