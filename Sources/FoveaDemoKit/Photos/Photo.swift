package import Foundation

/// A photo file.
package struct Photo: Sendable, Hashable {
    /// Path from the folder that was asked for, such as `2024/beach.jpg`.
    package var name: String
    /// Where the file is.
    package var file: URL

    package init(name: String, file: URL) {
        self.name = name
        self.file = file
    }
}
