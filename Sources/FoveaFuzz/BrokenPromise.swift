/// Something that has to hold for any bytes, and did not.
package struct BrokenPromise: Error, CustomStringConvertible {
    package var description: String

    init(_ description: String) { self.description = description }
}

/// Throws where `condition` is false.
func promise(_ condition: Bool, _ description: @autoclosure () -> String) throws(BrokenPromise) {
    if !condition { throw BrokenPromise(description()) }
}
