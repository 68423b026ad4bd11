/// What is wrong with an archive, as the end of a sentence.
package struct ZipFault: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
