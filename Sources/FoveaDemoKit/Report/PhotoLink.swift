package import Foundation

/// Links from a page to photos.
package struct PhotoLink: Sendable {
    /// Components of the folders above the page's, the page's included.
    private let pageFolder: [String]

    /// - Parameter page: the file that the links will stand in.
    package init(from page: URL) {
        pageFolder = Array(page.standardizedFileURL.pathComponents.dropLast())
    }

    /// A relative link where page and photo lie in one project folder, so that
    /// the two can be moved together; a `file:` link otherwise.
    package func link(to file: URL) -> String {
        let target = file.standardizedFileURL.pathComponents
        let project = pageFolder.dropLast()
        guard project.count > 1, target.starts(with: project) else {
            return "file:///" + encoded(target.dropFirst())
        }
        let shared = zip(pageFolder, target).prefix { $0 == $1 }.count
        let up = Array(repeating: "..", count: pageFolder.count - shared)
        return (up + target[shared...].map(encoded)).joined(separator: "/")
    }

    private func encoded(_ components: ArraySlice<String>) -> String {
        components.map(encoded).joined(separator: "/")
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986.
    private func encoded(_ component: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return component.addingPercentEncoding(withAllowedCharacters: unreserved) ?? component
    }
}
