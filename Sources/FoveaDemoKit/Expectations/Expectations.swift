package import Foundation
import FoveaCore

/// What a set of photos really shows, written down by hand. Photos are named
/// as in `Photo.name`.
package struct Expectations: Sendable, Decodable {
    /// A search and what it has to find.
    package struct Query: Sendable, Decodable {
        package var text: String
        /// These photos fill the first places, in any order.
        package var first: [String]
    }

    /// Who is in which photos.
    package struct People: Sendable, Decodable {
        /// Photo → number of people in it.
        package var counts: [String: Int]
        /// Of each list: one person is in all these photos.
        package var same: [[String]]
        /// Of each list: nobody is in two of these photos.
        package var different: [[String]]
    }

    /// What is written in a photo.
    package struct Text: Sendable, Decodable {
        package var photo: String
        /// Strings that are read; a string may span lines.
        package var contains: [String]
    }

    package var queries: [Query]
    package var people: People
    package var texts: [Text]

    /// - Throws: `FoveaError` where the file cannot be read or understood.
    package init(file: URL) throws {
        do {
            self = try JSONDecoder().decode(Expectations.self, from: Data(contentsOf: file))
        } catch {
            throw FoveaError(
                .invalidSetting, "\(file.path) cannot be read as expectations: restore the file.",
                cause: error)
        }
    }
}
