/// What a server calls a version of a file, by its header `ETag`.
package enum ETag {
    /// Whether it stands for the same bytes wherever it is the same, so that
    /// parts may be put together by it (RFC 9110, 8.8.1 and 13.1.5).
    package static func isStrong(_ value: String) -> Bool { value.hasPrefix("\"") }
}
